package ee.supervisor.config;

import com.grack.nanojson.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Shows a configuration as a JSON document: what {@code supervisord --check} prints. */
public final class CheckReport {

  private CheckReport() {}

  /** The document, indented, ending in a line end. */
  public static String json(Configuration configuration) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("supervisord", supervisord(configuration.supervisord()));
    document.put(
        "http_servers", configuration.httpServers().stream().map(CheckReport::server).toList());
    document.put(
        "rpcinterfaces",
        configuration.rpcInterfaces().stream().map(CheckReport::rpcInterface).toList());
    document.put("groups", configuration.groups().stream().map(CheckReport::group).toList());
    document.put(
        "users", configuration.access().users().all().stream().map(CheckReport::user).toList());
    document.put("audit", configuration.access().isAudited());
    document.put("jmx", configuration.jmx().map(CheckReport::jmx).orElse(null));
    document.put("infos", configuration.infos());
    document.put("warnings", configuration.warnings());
    return JsonWriter.indent(" ").string().object(document).done() + "\n";
  }

  private static Map<String, Object> supervisord(SupervisordConfig config) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("nodaemon", config.nodaemon());
    values.put("silent", config.silent());
    values.put("user", config.user().map(UserId::name).orElse(null));
    values.put("uid", config.user().map(CheckReport::uid).orElse(null));
    values.put("umask", config.umask());
    values.put("directory", config.directory().orElse(null));
    values.put("logfile", logfile(config.logfile()));
    values.put("logfile_maxbytes", config.logfileMaxbytes());
    values.put("logfile_backups", config.logfileBackups());
    values.put("loglevel", config.loglevel().number());
    values.put("pidfile", config.pidfile());
    values.put("identifier", config.identifier());
    values.put("childlogdir", config.childlogdir());
    values.put("minfds", config.minfds());
    values.put("minprocs", config.minprocs());
    values.put("nocleanup", config.nocleanup());
    values.put("strip_ansi", config.stripAnsi());
    values.put("serverurl", config.serverurl().orElse(null));
    values.put("environment", config.environment());
    return values;
  }

  private static Map<String, Object> server(HttpServerConfig server) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (server instanceof HttpServerConfig.Inet inet) {
      values.put("family", "AF_INET");
      values.put("host", inet.host());
      values.put("port", inet.port());
      values.put("certfile", inet.tls().map(HttpServerConfig.Tls::certfile).orElse(null));
      values.put("keyfile", inet.tls().map(HttpServerConfig.Tls::keyfile).orElse(null));
      values.put("allowed_hosts", inet.allowedHosts());
    } else if (server instanceof HttpServerConfig.Unix unix) {
      values.put("family", "AF_UNIX");
      values.put("file", unix.file());
      values.put("chmod", unix.chmod());
      values.put("chown", owner(unix.chown()));
      values.put("peers", unix.peers().stream().map(CheckReport::peer).toList());
    }
    values.put("username", server.username().orElse(null));
    values.put("password", server.password().orElse(null));
    int colon = server.section().indexOf(':');
    values.put("name", colon < 0 ? null : server.section().substring(colon + 1));
    values.put("section", server.section());
    return values;
  }

  private static Map<String, Object> peer(HttpServerConfig.Peer peer) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("account", peer.account());
    values.put("uid", id(peer.account(), peer.uid()));
    values.put("role", peer.role().lowerCase());
    return values;
  }

  private static Map<String, Object> user(User user) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", user.name());
    values.put("role", user.role().lowerCase());
    return values;
  }

  private static Map<String, Object> jmx(JmxConfig config) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("host", config.host());
    values.put("port", config.port());
    values.put("username", config.user().map(User::name).orElse(null));
    values.put("role", config.user().map(User::role).map(Role::lowerCase).orElse(null));
    values.put("password_file", config.passwordFile().orElse(null));
    values.put("keystore", config.keystore().map(JmxConfig.Keystore::file).orElse(null));
    return values;
  }

  private static Map<String, Object> rpcInterface(RpcInterfaceConfig config) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", config.name());
    values.put("factory", config.factory());
    values.put("extras", config.extras());
    return values;
  }

  private static Map<String, Object> group(GroupConfig group) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", group.name());
    values.put("priority", group.priority());
    if (group instanceof GroupConfig.Programs) {
      values.put("type", "program");
    } else if (group instanceof GroupConfig.EventListeners listeners) {
      values.put("type", "eventlistener");
      values.put("events", listeners.events());
      values.put("buffer_size", listeners.bufferSize());
      values.put("result_handler", listeners.resultHandler());
    } else if (group instanceof GroupConfig.FastCgi fastCgi) {
      values.put("type", "fcgi-program");
      values.put("socket", socket(fastCgi.socket()));
    }
    values.put("processes", group.processes().stream().map(CheckReport::process).toList());
    return values;
  }

  private static Map<String, Object> socket(FcgiSocket socket) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("url", socket.url());
    values.put("owner", socket.owner().map(CheckReport::owner).orElse(null));
    values.put("mode", orNull(socket.mode()));
    values.put("backlog", orNull(socket.backlog()));
    return values;
  }

  private static Map<String, Object> process(ProcessConfig config) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", config.name());
    values.put("command", config.command());
    values.put("directory", config.directory().orElse(null));
    values.put("umask", orNull(config.umask()));
    values.put("priority", config.priority());
    values.put("autostart", config.autostart());
    values.put("autorestart", autorestart(config.autorestart()));
    values.put("startsecs", config.startsecs());
    values.put("startretries", config.startretries());
    values.put("stopsignal", config.stopsignal());
    values.put("stopwaitsecs", config.stopwaitsecs());
    values.put("stopasgroup", config.stopasgroup());
    values.put("killasgroup", config.killasgroup());
    values.put("exitcodes", config.exitcodes());
    values.put("environment", config.environment());
    values.put("uid", config.user().map(CheckReport::uid).orElse(null));
    values.put("redirect_stderr", config.redirectStderr());
    values.put("serverurl", config.serverurl().orElse(null));
    channel(values, "stdout", config.stdout());
    channel(values, "stderr", config.stderr());
    return values;
  }

  private static void channel(Map<String, Object> values, String name, ChannelConfig channel) {
    values.put(name + "_logfile", logfile(channel.logfile()));
    values.put(name + "_logfile_maxbytes", channel.maxbytes());
    values.put(name + "_logfile_backups", channel.backups());
    values.put(name + "_capture_maxbytes", channel.captureMaxbytes());
    values.put(name + "_events_enabled", channel.eventsEnabled());
    values.put(name + "_syslog", channel.syslog());
  }

  private static Object autorestart(Autorestart autorestart) {
    return switch (autorestart) {
      case ALWAYS -> true;
      case NEVER -> false;
      case UNEXPECTED -> "unexpected";
    };
  }

  private static String logfile(LogDestination destination) {
    if (destination instanceof LogDestination.File file) {
      return file.name();
    } else if (destination instanceof LogDestination.Auto) {
      return "AUTO";
    }
    return destination instanceof LogDestination.Syslog ? "syslog" : null;
  }

  /** A number where the file has one or the user was looked up; the name otherwise. */
  private static Object uid(UserId user) {
    return id(user.name(), user.uid());
  }

  private static List<Object> owner(SocketOwner owner) {
    Object user = owner.equals(SocketOwner.UNCHANGED) ? -1 : id(owner.user(), owner.uid());
    return List.of(user, owner.group().isEmpty() ? owner.gid() : id(owner.group(), owner.gid()));
  }

  private static Object id(String name, int id) {
    if (id >= 0) {
      return id;
    }
    try {
      return Conversions.wholeNumber(name);
    } catch (ConfigException e) {
      return name; // not a number, and not looked up
    }
  }

  private static Integer orNull(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }
}

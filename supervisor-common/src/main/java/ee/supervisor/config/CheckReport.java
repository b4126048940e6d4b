package ee.supervisor.config;

import com.grack.nanojson.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    document.put("audit_logfile", configuration.access().auditLogfile().orElse(null));
    document.put("mcp", configuration.access().mcp().map(Role::lowerCase).orElse(null));
    document.put("otlp", configuration.otlp().map(CheckReport::otlp).orElse(null));
    document.put("jmx", configuration.jmx().map(CheckReport::jmx).orElse(null));
    document.put("infos", configuration.infos());
    document.put("warnings", configuration.warnings());
    return JsonWriter.indent(" ").string().object(document).done() + "\n";
  }

  private static Map<String, Object> supervisord(SupervisordConfig config) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("user", config.user().map(UserId::name).orElse(null));
    put(values, Options.ofSupervisord(), config);
    values.put("serverurl", config.serverurl().orElse(null));
    return values;
  }

  private static Map<String, Object> otlp(OtlpConfig config) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("endpoint", config.endpoint());
    values.put("headers", Options.OTLP_HEADERS.kind().json(config.headers()));
    values.put("interval", config.interval().map(Options.OTLP_INTERVAL.kind()::json).orElse(null));
    return values;
  }

  private static Map<String, Object> server(HttpServerConfig server) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (server instanceof HttpServerConfig.Inet inet) {
      values.put("family", "AF_INET");
      values.put("host", inet.host());
      values.put("port", inet.port());
      put(values, Options.ofInetServers(), inet);
    } else if (server instanceof HttpServerConfig.Unix unix) {
      values.put("family", "AF_UNIX");
      put(values, Options.ofUnixServers(), unix);
    }
    put(values, Options.ofServers(), server);
    int colon = server.section().indexOf(':');
    values.put("name", colon < 0 ? null : server.section().substring(colon + 1));
    values.put("section", server.section());
    return values;
  }

  private static Map<String, Object> user(User user) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", user.name());
    put(values, Options.ofUsers(), user);
    return values;
  }

  private static Map<String, Object> jmx(JmxConfig config) {
    Map<String, Object> values = new LinkedHashMap<>();
    put(values, Options.ofJmx(), config);
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
      put(values, Options.ofEventListeners(), listeners);
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
    values.put("owner", Options.SOCKET_OWNER.json(socket));
    values.put("mode", Options.SOCKET_MODE.json(socket));
    values.put("backlog", Options.SOCKET_BACKLOG.json(socket));
    return values;
  }

  private static Map<String, Object> process(ProcessConfig config) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", config.name());
    put(values, Options.ofPrograms(), config);
    return values;
  }

  private static <C> void put(Map<String, Object> values, List<Option<C, ?>> options, C config) {
    for (Option<C, ?> option : options) {
      if (option instanceof ShownOption<C, ?> shown) {
        values.put(shown.jsonName(), shown.json(config));
      }
    }
  }
}

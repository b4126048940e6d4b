package ee.supervisor.config;

import static ee.supervisor.config.Absence.is;
import static ee.supervisor.config.Absence.isNothing;
import static ee.supervisor.config.Absence.isRefused;
import static ee.supervisor.config.Absence.means;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Every option of the configuration: its name, its kind, what it is where it is not set, what it
 * means, and where its value is found once it has been read. What reads options, shows them ({@code
 * --check}, REST, XML-RPC, JMX) or explains them (docs/configuration.md, {@code
 * echo_supervisord_conf}) takes them from here.
 */
public final class Options {
  private static final List<Group<?>> ALL = new ArrayList<>();
  private static final String OF_SUPERVISORD = "supervisord's";

  /**
   * The options whose values one kind of record holds.
   *
   * @param <C> the record
   */
  private static final class Group<C> {
    private final List<SectionKind> sections;
    private final List<Option<C, ?>> options = new ArrayList<>();

    private Group(SectionKind... sections) {
      this.sections = List.of(sections);
      ALL.add(this);
    }

    /** In the order of their declaration. */
    List<Option<C, ?>> options() {
      return Collections.unmodifiableList(options);
    }

    private <T> Option<C, T> option(
        String name, Kind<T> kind, Absence absence, String meaning, Function<C, T> value) {
      return add(name, Optional.empty(), kind, absence, meaning, Optional.of(value));
    }

    /** One whose value is not shown, or not as such. */
    private <T> Option<C, T> option(String name, Kind<T> kind, Absence absence, String meaning) {
      return add(name, Optional.empty(), kind, absence, meaning, Optional.empty());
    }

    /** One that the command line may set too. */
    private <T> Option<C, T> option(
        String name,
        String flag,
        Kind<T> kind,
        Absence absence,
        String meaning,
        Function<C, T> value) {
      return add(name, Optional.of(flag), kind, absence, meaning, Optional.of(value));
    }

    private <T> Option<C, T> add(
        String name,
        Optional<String> flag,
        Kind<T> kind,
        Absence absence,
        String meaning,
        Optional<Function<C, T>> value) {
      Option<C, T> option = new Option<>(name, flag, kind, absence, sections, meaning, value);
      options.add(option);
      return option;
    }
  }

  /** The options of one output stream of a program. */
  public record Channel(
      Option<ProcessConfig, LogDestination> logfile,
      Option<ProcessConfig, Long> maxbytes,
      Option<ProcessConfig, Long> backups,
      Option<ProcessConfig, Long> captureMaxbytes,
      Option<ProcessConfig, Boolean> eventsEnabled,
      Option<ProcessConfig, Boolean> syslog) {

    private static Channel named(String name, Function<ProcessConfig, ChannelConfig> config) {
      String file = name + "_logfile";
      return new Channel(
          PROGRAM.option(
              file,
              Kind.programLog(file),
              is("AUTO"),
              "its "
                  + name
                  + " goes there; `AUTO`: a file in `childlogdir` that supervisord names and"
                  + " removes; `NONE` or `OFF`: nowhere",
              c -> config.apply(c).logfile()),
          PROGRAM.option(
              file + "_maxbytes",
              Kind.BYTES,
              is("50MB"),
              "size at which that is rotated, 0 for never",
              c -> config.apply(c).maxbytes()),
          PROGRAM.option(
              file + "_backups",
              Kind.NUMBER,
              is("10"),
              "rotated files that are kept",
              c -> config.apply(c).backups()),
          PROGRAM.option(
              name + "_capture_maxbytes",
              Kind.BYTES,
              is("0"),
              "most that is kept of what stands between the capture tokens, 0 for no capture",
              c -> config.apply(c).captureMaxbytes()),
          PROGRAM.option(
              name + "_events_enabled",
              Kind.BOOLEAN,
              is("false"),
              "what it writes there is sent to listeners as PROCESS_LOG_"
                  + name.toUpperCase(Locale.ROOT),
              c -> config.apply(c).eventsEnabled()),
          PROGRAM.option(
              name + "_syslog",
              Kind.BOOLEAN,
              is("false"),
              "what it writes there goes to the system's log too",
              c -> config.apply(c).syslog()));
    }
  }

  private static final Group<HttpServerConfig.Unix> UNIX =
      new Group<>(SectionKind.UNIX_HTTP_SERVER);

  public static final Option<HttpServerConfig.Unix, String> UNIX_FILE =
      UNIX.option(
          "file",
          Kind.PATH,
          isRefused("/tmp/supervisor.sock"),
          "the socket",
          HttpServerConfig.Unix::file);

  public static final Option<HttpServerConfig.Unix, Integer> UNIX_CHMOD =
      UNIX.option(
          "chmod",
          Kind.OCTAL.refusedAs("Invalid chmod value"),
          is("0700"),
          "its mode",
          HttpServerConfig.Unix::chmod);

  public static final Option<HttpServerConfig.Unix, SocketOwner> UNIX_CHOWN =
      UNIX.option(
          "chown",
          Kind.OWNER.refusedAs("Invalid sockchown value"),
          means(OF_SUPERVISORD, "nobody:nogroup"),
          "its owner",
          HttpServerConfig.Unix::chown);

  public static final Option<HttpServerConfig.Unix, List<HttpServerConfig.Peer>> UNIX_PEERS =
      UNIX.option(
          "peers",
          Kind.PEERS,
          isNothing("root:admin, deploy:operator"),
          "[accounts of the system](#accounts-at-a-socket) that need no password, with what they may do",
          HttpServerConfig.Unix::peers);

  private static final Group<HttpServerConfig.Inet> INET =
      new Group<>(SectionKind.INET_HTTP_SERVER);

  public static final Option<HttpServerConfig.Inet, String> INET_PORT =
      INET.option(
          "port",
          Kind.TEXT.as("address"),
          isRefused("127.0.0.1:9001"),
          "`host:port`, or `port` or `*:port` for all addresses of IPv4; an IPv6 address with or without brackets, `[::1]:9001`, and `[::]:9001` for all of both kinds");

  public static final Option<HttpServerConfig.Inet, List<String>> INET_ALLOWED_HOSTS =
      INET.option(
          "allowed_hosts",
          Kind.NAMES,
          isNothing("sv.example.com"),
          "names that [browsers may call it by](#browsers) besides its own; `*` for any",
          HttpServerConfig.Inet::allowedHosts);

  public static final Option<HttpServerConfig.Inet, String> INET_CERTFILE =
      INET.option(
          "certfile",
          Kind.PATH,
          isNothing("/etc/supervisor/server.crt"),
          "PEM file with a certificate: the server speaks [TLS](#https) with it",
          c -> c.tls().map(HttpServerConfig.Tls::certfile).orElse(null));

  public static final Option<HttpServerConfig.Inet, String> INET_KEYFILE =
      INET.option(
          "keyfile",
          Kind.PATH,
          means("`certfile`", "/etc/supervisor/server.key"),
          "PEM file with its key",
          c -> c.tls().map(HttpServerConfig.Tls::keyfile).orElse(null));

  private static final Group<HttpServerConfig> SERVER =
      new Group<>(SectionKind.UNIX_HTTP_SERVER, SectionKind.INET_HTTP_SERVER);

  public static final Option<HttpServerConfig, String> SERVER_USERNAME =
      SERVER.option(
          "username",
          Kind.TEXT,
          isNothing("user"),
          "clients need it and the password; both or neither",
          c -> c.username().orElse(null));

  public static final Option<HttpServerConfig, String> SERVER_PASSWORD =
      SERVER.option(
          "password",
          Kind.TEXT,
          isNothing("123"),
          "may be `{SHA}` and the SHA-1, or `{SHA256}` and the SHA-256, of the password in hexadecimal",
          c -> c.password().orElse(null));

  private static final Group<SupervisordConfig> SUPERVISORD = new Group<>(SectionKind.SUPERVISORD);

  public static final Option<SupervisordConfig, LogDestination> LOGFILE =
      SUPERVISORD.option(
          "logfile",
          "-l",
          Kind.ACTIVITY_LOG,
          is("supervisord.log").shownAs("/tmp/supervisord.log"),
          "the activity log; `syslog` sends it to the system's log, `/dev/stdout` (with `logfile_maxbytes=0`) to the terminal",
          SupervisordConfig::logfile);

  public static final Option<SupervisordConfig, Long> LOGFILE_MAXBYTES =
      SUPERVISORD.option(
          "logfile_maxbytes",
          "-y",
          Kind.BYTES,
          is("50MB"),
          "size at which it is rotated, 0 for never",
          SupervisordConfig::logfileMaxbytes);

  public static final Option<SupervisordConfig, Long> LOGFILE_BACKUPS =
      SUPERVISORD.option(
          "logfile_backups",
          "-z",
          Kind.NUMBER,
          is("10"),
          "rotated files that are kept, 0 for none",
          SupervisordConfig::logfileBackups);

  public static final Option<SupervisordConfig, LogLevel> LOGLEVEL =
      SUPERVISORD.option(
          "loglevel",
          "-e",
          Kind.LOG_LEVEL,
          is("info"),
          "least that is logged: `critical`, `error`, `warn`, `info`, `debug`, `trace`, `blather`",
          SupervisordConfig::loglevel);

  public static final Option<SupervisordConfig, String> PIDFILE =
      SUPERVISORD.option(
          "pidfile",
          "-j",
          Kind.FILE,
          is("supervisord.pid").shownAs("/tmp/supervisord.pid"),
          "holds the process id while supervisord runs",
          SupervisordConfig::pidfile);

  public static final Option<SupervisordConfig, Boolean> NODAEMON =
      SUPERVISORD.option(
          "nodaemon",
          "-n",
          Kind.BOOLEAN,
          is("false"),
          "stay in the foreground",
          SupervisordConfig::nodaemon);

  public static final Option<SupervisordConfig, Boolean> SILENT =
      SUPERVISORD.option(
          "silent",
          "-s",
          Kind.BOOLEAN,
          is("false"),
          "in the foreground, log nothing to the terminal",
          SupervisordConfig::silent);

  public static final Option<SupervisordConfig, UserId> SUPERVISORD_USER =
      SUPERVISORD.option(
          "user",
          "-u",
          Kind.USER,
          isNothing("supervisord"),
          "whom supervisord becomes when it is started by root",
          c -> c.user().orElse(null));

  public static final Option<SupervisordConfig, Integer> SUPERVISORD_UMASK =
      SUPERVISORD.option(
          "umask",
          "-m",
          Kind.OCTAL,
          is("022"),
          "supervisord's umask, and that of programs that set none",
          SupervisordConfig::umask);

  public static final Option<SupervisordConfig, String> SUPERVISORD_DIRECTORY =
      SUPERVISORD.option(
          "directory",
          "-d",
          Kind.DIRECTORY,
          isNothing("/tmp"),
          "where supervisord changes to when it becomes a daemon",
          c -> c.directory().orElse(null));

  public static final Option<SupervisordConfig, String> IDENTIFIER =
      SUPERVISORD.option(
          "identifier",
          "-i",
          Kind.TEXT,
          is("supervisor"),
          "the name of this supervisord, for clients and in events",
          SupervisordConfig::identifier);

  public static final Option<SupervisordConfig, String> CHILDLOGDIR =
      SUPERVISORD.option(
          "childlogdir",
          "-q",
          Kind.DIRECTORY,
          means("the temporary directory: `$TMPDIR`, or `/tmp`", "/tmp"),
          "where logs of programs go that name none",
          SupervisordConfig::childlogdir);

  public static final Option<SupervisordConfig, Boolean> NOCLEANUP =
      SUPERVISORD.option(
          "nocleanup",
          "-k",
          Kind.BOOLEAN,
          is("false"),
          "keep such logs of earlier runs",
          SupervisordConfig::nocleanup);

  public static final Option<SupervisordConfig, Long> MINFDS =
      SUPERVISORD.option(
          "minfds",
          "-a",
          Kind.NUMBER,
          is("1024"),
          "open files supervisord must be allowed, or it does not start",
          SupervisordConfig::minfds);

  public static final Option<SupervisordConfig, Long> MINPROCS =
      SUPERVISORD.option(
          "minprocs",
          "--minprocs",
          Kind.NUMBER,
          is("200"),
          "processes it must be allowed",
          SupervisordConfig::minprocs);

  public static final Option<SupervisordConfig, Boolean> STRIP_ANSI =
      SUPERVISORD.option(
          "strip_ansi",
          "-t",
          Kind.BOOLEAN,
          is("false"),
          "take ANSI escape sequences out of what programs log",
          SupervisordConfig::stripAnsi);

  public static final Option<SupervisordConfig, Map<String, String>> SUPERVISORD_ENVIRONMENT =
      SUPERVISORD.option(
          "environment",
          Kind.ENVIRONMENT,
          isNothing("KEY=\"value\""),
          "given to every program",
          SupervisordConfig::environment);

  public static final Option<SupervisordConfig, Boolean> AUDIT =
      SUPERVISORD.option(
          "audit",
          Kind.BOOLEAN,
          means("whether there are [user:x] sections", "true"),
          "[what clients change](#audit) is written to the activity log");

  private static final Group<User> USERS = new Group<>(SectionKind.USER);

  public static final Option<User, String> USER_PASSWORD =
      USERS.option(
          "password",
          Kind.TEXT,
          isRefused("123"),
          "plain, or `{SHA}` or `{SHA256}` and the digest in hexadecimal");

  public static final Option<User, Role> USER_ROLE =
      USERS.option(
          "role", Kind.ROLE, isRefused("operator"), "`viewer`, `operator` or `admin`", User::role);

  private static final Group<JmxConfig> JMX = new Group<>(SectionKind.JMX);

  public static final Option<JmxConfig, String> JMX_HOST =
      JMX.option(
          "host", Kind.TEXT.as("address"), is("127.0.0.1"), "where to listen", JmxConfig::host);

  public static final Option<JmxConfig, Integer> JMX_PORT =
      JMX.option(
          "port",
          Kind.PORT,
          isRefused("9010"),
          "1 to 65535; the RMI registry and the connector share it",
          JmxConfig::port);

  public static final Option<JmxConfig, String> JMX_USERNAME =
      JMX.option(
          "username",
          Kind.TEXT,
          isNothing("ops"),
          "one user more, who needs the password; both or neither",
          c -> c.user().map(User::name).orElse(null));

  public static final Option<JmxConfig, String> JMX_PASSWORD =
      JMX.option(
          "password",
          Kind.TEXT,
          isNothing("123"),
          "plain, or `{SHA}` or `{SHA256}` and the digest in hexadecimal");

  public static final Option<JmxConfig, Role> JMX_ROLE =
      JMX.option(
          "role",
          Kind.ROLE,
          is("admin"),
          "what that user may do",
          c -> c.user().map(User::role).orElse(null));

  public static final Option<JmxConfig, String> JMX_PASSWORD_FILE =
      JMX.option(
          "password_file",
          Kind.PATH,
          isNothing("/etc/supervisor/jmx.users"),
          "more users, a line each: `name role password`. Must not be readable or writable by others (`chmod 600`). Read at each login: changes count at once",
          c -> c.passwordFile().orElse(null));

  public static final Option<JmxConfig, String> JMX_KEYSTORE =
      JMX.option(
          "keystore",
          Kind.PATH,
          isNothing("/etc/supervisor/jmx.p12"),
          "a PKCS#12 or JKS file with certificate and key: only TLS is spoken then",
          c -> c.keystore().map(JmxConfig.Keystore::file).orElse(null));

  public static final Option<JmxConfig, String> JMX_KEYSTORE_PASSWORD =
      JMX.option(
          "keystore_password",
          Kind.TEXT,
          isNothing("123"),
          "of that file and the key in it; both or neither");

  private static final Group<RpcInterfaceConfig> RPCINTERFACE =
      new Group<>(SectionKind.RPCINTERFACE);

  public static final Option<RpcInterfaceConfig, String> RPCINTERFACE_FACTORY =
      RPCINTERFACE.option(
          "supervisor.rpcinterface_factory",
          Kind.TEXT.as(""),
          isRefused("supervisor.rpcinterface:make_main_rpcinterface"),
          "what makes the interface: `supervisor.rpcinterface:make_main_rpcinterface` is Supervisor's own API, which supervisorctl needs; the name of a Java class adds methods in the namespace `x`");

  private static final Group<Void> SUPERVISORCTL = new Group<>(SectionKind.SUPERVISORCTL);

  public static final Option<Void, String> CTL_SERVERURL =
      SUPERVISORCTL.option(
          "serverurl",
          Kind.TEXT.as("URL"),
          is("http://localhost:9001").shownAs("unix:///tmp/supervisor.sock"),
          "where supervisorctl finds supervisord");

  public static final Option<Void, String> CTL_USERNAME =
      SUPERVISORCTL.option("username", Kind.TEXT, isNothing("chris"), "whom it logs in as");

  public static final Option<Void, String> CTL_PASSWORD =
      SUPERVISORCTL.option(
          "password", Kind.TEXT, isNothing("123"), "that user's password, in clear");

  public static final Option<Void, String> CTL_PROMPT =
      SUPERVISORCTL.option(
          "prompt", Kind.TEXT, is("supervisor"), "what its shell shows before the `>`");

  public static final Option<Void, String> CTL_HISTORY_FILE =
      SUPERVISORCTL.option(
          "history_file",
          Kind.PATH,
          isNothing("~/.sc_history"),
          "keeps what was typed in the shell");

  private static final Group<Void> CTLPLUGIN = new Group<>(SectionKind.CTLPLUGIN);

  public static final Option<Void, String> CTLPLUGIN_FACTORY =
      CTLPLUGIN.option(
          "supervisor.ctl_factory",
          Kind.TEXT.as(""),
          isRefused("com.example.MyActions"),
          "the Java class that adds actions to supervisorctl; other options of the section are handed to it");

  private static final Group<ProcessConfig> PROGRAM =
      new Group<>(SectionKind.PROGRAM, SectionKind.EVENTLISTENER, SectionKind.FCGI_PROGRAM);

  public static final Option<ProcessConfig, String> COMMAND =
      PROGRAM.option(
          "command",
          Kind.TEXT,
          isRefused("/bin/cat"),
          "the program and its arguments, split as a shell would, but run without one; it has to stay in the foreground",
          ProcessConfig::command);

  public static final Option<ProcessConfig, String> PROCESS_NAME =
      PROGRAM.option(
          "process_name",
          Kind.TEXT,
          is("%(program_name)s"),
          "name of the process; has to hold `%(process_num)` if `numprocs` is above 1");

  public static final Option<ProcessConfig, Long> NUMPROCS =
      PROGRAM.option("numprocs", Kind.NUMBER, is("1"), "how many copies run");

  public static final Option<ProcessConfig, Long> NUMPROCS_START =
      PROGRAM.option("numprocs_start", Kind.NUMBER, is("0"), "number of the first");

  public static final Option<ProcessConfig, Long> PRIORITY =
      PROGRAM.option(
          "priority",
          Kind.NUMBER,
          is("999"),
          "lower ones start earlier and stop later",
          ProcessConfig::priority);

  public static final Option<ProcessConfig, Boolean> AUTOSTART =
      PROGRAM.option(
          "autostart",
          Kind.BOOLEAN,
          is("true"),
          "started with supervisord",
          c -> c.start().automatic());

  public static final Option<ProcessConfig, Autorestart> AUTORESTART =
      PROGRAM.option(
          "autorestart",
          Kind.AUTORESTART,
          is("unexpected"),
          "whether it is started again when it ends from RUNNING: `true`, `false`, or `unexpected`: if its exit code is not one of `exitcodes`",
          c -> c.restart().when());

  public static final Option<ProcessConfig, Duration> STARTSECS =
      PROGRAM.option(
          "startsecs",
          Kind.SECONDS,
          is("1"),
          "seconds it has to stay up to count as RUNNING",
          c -> c.start().minimumUptime());

  public static final Option<ProcessConfig, Long> STARTRETRIES =
      PROGRAM.option(
          "startretries",
          Kind.NUMBER,
          is("3"),
          "failed starts after which it is FATAL",
          c -> c.start().retries());

  public static final Option<ProcessConfig, List<Integer>> EXITCODES =
      PROGRAM.option(
          "exitcodes",
          Kind.EXIT_CODES,
          is("0"),
          "exit codes that are expected, 0 to 255",
          c -> c.restart().expectedCodes());

  public static final Option<ProcessConfig, Integer> STOPSIGNAL =
      PROGRAM.option(
          "stopsignal", Kind.SIGNAL, is("TERM"), "asks it to stop", c -> c.stop().signal());

  public static final Option<ProcessConfig, Duration> STOPWAITSECS =
      PROGRAM.option(
          "stopwaitsecs",
          Kind.SECONDS,
          is("10"),
          "seconds after which it is killed",
          c -> c.stop().patience());

  public static final Option<ProcessConfig, Boolean> STOPASGROUP =
      PROGRAM.option(
          "stopasgroup",
          Kind.BOOLEAN,
          is("false"),
          "`stopsignal` goes to its whole process group",
          c -> c.stop().signalsGroup());

  public static final Option<ProcessConfig, Boolean> KILLASGROUP =
      PROGRAM.option(
          "killasgroup",
          Kind.BOOLEAN,
          means("as `stopasgroup`", "false"),
          "SIGKILL goes to its whole process group; may not be `false` when `stopasgroup` is `true`",
          c -> c.stop().killsGroup());

  public static final Option<ProcessConfig, UserId> PROGRAM_USER =
      PROGRAM.option(
          "user",
          Kind.USER,
          means(OF_SUPERVISORD, "chrism"),
          "whom it runs as; needs root",
          c -> c.execution().user().orElse(null));

  public static final Option<ProcessConfig, String> DIRECTORY =
      PROGRAM.option(
          "directory",
          Kind.TEXT.as("path"),
          means(OF_SUPERVISORD, "/tmp"),
          "where it runs",
          c -> c.execution().directory().orElse(null));

  public static final Option<ProcessConfig, Integer> UMASK =
      PROGRAM.option(
          "umask",
          Kind.OCTAL,
          means(OF_SUPERVISORD, "022"),
          "its umask",
          c -> orNull(c.execution().umask()));

  public static final Option<ProcessConfig, Boolean> REDIRECT_STDERR =
      PROGRAM.option(
          "redirect_stderr",
          Kind.BOOLEAN,
          is("false"),
          "its stderr goes where its stdout goes",
          ProcessConfig::redirectStderr);

  public static final Channel STDOUT = Channel.named("stdout", ProcessConfig::stdout);

  public static final Channel STDERR = Channel.named("stderr", ProcessConfig::stderr);

  public static final Option<ProcessConfig, Map<String, String>> ENVIRONMENT =
      PROGRAM.option(
          "environment",
          Kind.ENVIRONMENT,
          isNothing("A=\"1\",B=\"2\""),
          "its own variables, before those of [supervisord]",
          c -> c.execution().environment());

  public static final Option<ProcessConfig, String> SERVERURL =
      PROGRAM.option(
          "serverurl",
          Kind.TEXT.as("URL"),
          is("AUTO"),
          "its `SUPERVISOR_SERVER_URL`; `AUTO`: the first [unix_http_server], or else the first [inet_http_server]",
          c -> c.execution().serverurl().orElse(null));

  private static final Group<GroupConfig.EventListeners> LISTENER =
      new Group<>(SectionKind.EVENTLISTENER);

  public static final Option<GroupConfig.EventListeners, List<String>> EVENTS =
      LISTENER.option(
          "events",
          Kind.NAMES,
          isRefused("PROCESS_STATE,TICK_60"),
          "types of [events](events.md) that are sent to it",
          GroupConfig.EventListeners::events);

  public static final Option<GroupConfig.EventListeners, Long> BUFFER_SIZE =
      LISTENER.option(
          "buffer_size",
          Kind.NUMBER,
          is("10"),
          "events kept while none of its processes is ready, at least 1",
          GroupConfig.EventListeners::bufferSize);

  public static final Option<GroupConfig.EventListeners, String> RESULT_HANDLER =
      LISTENER.option(
          "result_handler",
          Kind.TEXT.as(""),
          is("supervisor.dispatchers:default_handler"),
          "what judges the listener's responses: Supervisor's own handler, or a Java class",
          GroupConfig.EventListeners::resultHandler);

  public static final Option<GroupConfig.EventListeners, Long> LISTENER_PRIORITY =
      LISTENER.option("priority", Kind.NUMBER, is("-1"), "listeners start first and stop last");

  public static final Option<GroupConfig.EventListeners, Boolean> LISTENER_REDIRECT_STDERR =
      LISTENER.option(
          "redirect_stderr",
          Kind.BOOLEAN,
          is("false"),
          "may not be `true`: stdout belongs to the protocol");

  private static final Group<FcgiSocket> SOCKET = new Group<>(SectionKind.FCGI_PROGRAM);

  public static final Option<FcgiSocket, String> SOCKET_URL =
      SOCKET.option(
          "socket",
          Kind.TEXT.as("URL"),
          isRefused("unix:///tmp/name.socket"),
          "the listening socket: `tcp://host:port` or `unix:///path`");

  public static final Option<FcgiSocket, SocketOwner> SOCKET_OWNER =
      SOCKET.option(
          "socket_owner",
          Kind.OWNER.refusedAs("Invalid socket_owner value"),
          means("`user`", "nobody:nogroup"),
          "owner of a Unix socket",
          c -> c.owner().orElse(null));

  public static final Option<FcgiSocket, Integer> SOCKET_MODE =
      SOCKET.option(
          "socket_mode",
          Kind.OCTAL.refusedAs("Invalid socket_mode value"),
          means("`0700`", "0700"),
          "mode of a Unix socket",
          c -> orNull(c.mode()));

  public static final Option<FcgiSocket, Long> SOCKET_BACKLOG =
      SOCKET.option(
          "socket_backlog",
          Kind.NUMBER,
          means("the system's", "128"),
          "connections that may wait, 1 to 65535",
          c -> c.backlog().isPresent() ? (long) c.backlog().getAsInt() : null);

  private static final Group<Void> GROUPS = new Group<>(SectionKind.GROUP);

  public static final Option<Void, List<String>> GROUP_PROGRAMS =
      GROUPS.option(
          "programs",
          Kind.NAMES,
          means("none", "first,second"),
          "programs and fcgi-programs that are in this group; they have no group of their own then");

  public static final Option<Void, Long> GROUP_PRIORITY =
      GROUPS.option("priority", Kind.NUMBER, is("999"), "as for programs");

  private static final Group<Void> INCLUDE = new Group<>(SectionKind.INCLUDE);

  public static final Option<Void, String> INCLUDE_FILES =
      INCLUDE.option(
          "files",
          Kind.TEXT.as("patterns, spaces between"),
          isRefused("conf.d/*.ini"),
          "files that are read as if they stood here");

  private Options() {}

  /** The options of a program, with their values in a process's configuration. */
  public static List<Option<ProcessConfig, ?>> ofPrograms() {
    return PROGRAM.options();
  }

  /** The options of {@code [supervisord]} that have a value in its configuration. */
  static List<Option<SupervisordConfig, ?>> ofSupervisord() {
    return SUPERVISORD.options();
  }

  static List<Option<HttpServerConfig, ?>> ofServers() {
    return SERVER.options();
  }

  static List<Option<HttpServerConfig.Inet, ?>> ofInetServers() {
    return INET.options();
  }

  static List<Option<HttpServerConfig.Unix, ?>> ofUnixServers() {
    return UNIX.options();
  }

  static List<Option<User, ?>> ofUsers() {
    return USERS.options();
  }

  static List<Option<JmxConfig, ?>> ofJmx() {
    return JMX.options();
  }

  static List<Option<GroupConfig.EventListeners, ?>> ofEventListeners() {
    return LISTENER.options();
  }

  /**
   * Those that may stand in a kind of section, each name once: what one kind of program has of its
   * own comes before what all have.
   */
  public static List<Option<?, ?>> in(SectionKind section) {
    Map<String, Option<?, ?>> found = new LinkedHashMap<>();
    ALL.stream()
        .filter(group -> group.sections.contains(section))
        .sorted(Comparator.comparingInt(group -> group.sections.size()))
        .flatMap(group -> group.options().stream())
        .forEach(option -> found.putIfAbsent(option.name(), option));
    return List.copyOf(found.values());
  }

  private static Integer orNull(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }
}

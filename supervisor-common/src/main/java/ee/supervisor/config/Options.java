package ee.supervisor.config;

import static ee.supervisor.config.Absence.is;
import static ee.supervisor.config.Absence.isNothing;
import static ee.supervisor.config.Absence.isRefused;
import static ee.supervisor.config.Absence.means;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Every option of the configuration: its name, its kind, what it is where it is not set, what it
 * means, and where its value is found once it has been read. What reads options, shows them ({@code
 * --check}, REST, XML-RPC, JMX) or explains them (docs/configuration.md, {@code
 * echo_supervisord_conf}) takes them from here.
 */
public final class Options {
  private static final List<OptionGroup<?>> ALL = new ArrayList<>();
  private static final String OF_SUPERVISORD = "supervisord's";

  /** The options of one output stream of a program. */
  public record Channel(
      ShownOption<ProcessConfig, LogDestination> logfile,
      ShownOption<ProcessConfig, Long> maxbytes,
      ShownOption<ProcessConfig, Long> backups,
      ShownOption<ProcessConfig, Long> captureMaxbytes,
      ShownOption<ProcessConfig, Boolean> eventsEnabled,
      ShownOption<ProcessConfig, Boolean> syslog) {}

  /** The options of one check of a program. */
  public record Check(
      ShownOption<ProcessConfig, CheckTarget> script,
      ShownOption<ProcessConfig, Duration> initialDelay,
      ShownOption<ProcessConfig, Duration> period,
      ShownOption<ProcessConfig, Duration> timeout,
      ShownOption<ProcessConfig, Long> successThreshold,
      ShownOption<ProcessConfig, Long> failureThreshold,
      ShownOption<ProcessConfig, CheckConfig.FailureAction> failureAction,
      ShownOption<ProcessConfig, List<CheckTarget.StatusRange>> httpStatus,
      ShownOption<ProcessConfig, String> httpBody,
      ShownOption<ProcessConfig, Map<String, String>> httpHeaders) {

    /** Those whose names begin with {@code prefix}. */
    private static Check of(
        String prefix,
        boolean readiness,
        String purpose,
        String period,
        String sample,
        String failureAction) {
      return new Check(
          new CheckOption<>(
              PROGRAM,
              prefix + "script",
              readiness,
              CheckOption.Part.SCRIPT,
              Kind.CHECK,
              isNothing(sample),
              purpose),
          new CheckOption<>(
              PROGRAM,
              prefix + "initial_delay",
              readiness,
              CheckOption.Part.INITIAL_DELAY,
              Kind.DURATION,
              is("0"),
              "from the start of the program to its first check"),
          new CheckOption<>(
              PROGRAM,
              prefix + "period",
              readiness,
              CheckOption.Part.PERIOD,
              Kind.DURATION,
              is(period),
              "from one check to the next"),
          new CheckOption<>(
              PROGRAM,
              prefix + "timeout",
              readiness,
              CheckOption.Part.TIMEOUT,
              Kind.DURATION,
              is("5"),
              "after which a check has failed and is killed"),
          new CheckOption<>(
              PROGRAM,
              prefix + "success_threshold",
              readiness,
              CheckOption.Part.SUCCESS_THRESHOLD,
              Kind.NUMBER,
              is("1"),
              "successes in a row that count as one"),
          new CheckOption<>(
              PROGRAM,
              prefix + "failure_threshold",
              readiness,
              CheckOption.Part.FAILURE_THRESHOLD,
              Kind.NUMBER,
              is("3"),
              "failures in a row that count as one"),
          new CheckOption<>(
              PROGRAM,
              prefix + "failure_action",
              readiness,
              CheckOption.Part.FAILURE_ACTION,
              Kind.FAILURE_ACTION,
              is(failureAction),
              "what is done then: `restart`, `stop`, `none`, or a command that is run"),
          new CheckOption<>(
              PROGRAM,
              prefix + "http_status",
              readiness,
              CheckOption.Part.HTTP_STATUS,
              Kind.STATUSES,
              is("200-399"),
              "statuses of a response that are good"),
          new CheckOption<>(
              PROGRAM,
              prefix + "http_body",
              readiness,
              CheckOption.Part.HTTP_BODY,
              Kind.PATTERN,
              isNothing("\"status\": *\"UP\""),
              "has to be found in the body of a response"),
          new CheckOption<>(
              PROGRAM,
              prefix + "http_headers",
              readiness,
              CheckOption.Part.HTTP_HEADERS,
              Kind.HEADERS,
              isNothing("Host=\"example.com\""),
              "headers of the request"));
    }
  }

  private static final OptionGroup<HttpServerConfig.Unix> UNIX =
      group(SectionKind.UNIX_HTTP_SERVER);

  public static final ShownOption<HttpServerConfig.Unix, String> UNIX_FILE =
      new ShownOption<>(UNIX, "file", Kind.PATH, isRefused("/tmp/supervisor.sock"), "the socket") {
        @Override
        String valueIn(HttpServerConfig.Unix c) {
          return c.file();
        }
      };

  public static final ShownOption<HttpServerConfig.Unix, Integer> UNIX_CHMOD =
      new ShownOption<>(
          UNIX, "chmod", Kind.OCTAL.refusedAs("Invalid chmod value"), is("0700"), "its mode") {
        @Override
        Integer valueIn(HttpServerConfig.Unix c) {
          return c.chmod();
        }
      };

  public static final ShownOption<HttpServerConfig.Unix, SocketOwner> UNIX_CHOWN =
      new ShownOption<>(
          UNIX,
          "chown",
          Kind.OWNER.refusedAs("Invalid sockchown value"),
          means(OF_SUPERVISORD, "nobody:nogroup"),
          "its owner") {
        @Override
        SocketOwner valueIn(HttpServerConfig.Unix c) {
          return c.chown();
        }
      };

  public static final ShownOption<HttpServerConfig.Unix, List<HttpServerConfig.Peer>> UNIX_PEERS =
      new ShownOption<>(
          UNIX,
          "peers",
          Kind.PEERS,
          isNothing("root:admin, deploy:operator"),
          "[accounts of the system](#accounts-at-a-socket) that need no password, with what they may do") {
        @Override
        List<HttpServerConfig.Peer> valueIn(HttpServerConfig.Unix c) {
          return c.peers();
        }
      };

  private static final OptionGroup<HttpServerConfig.Inet> INET =
      group(SectionKind.INET_HTTP_SERVER);

  public static final Option<HttpServerConfig.Inet, String> INET_PORT =
      new Option<>(
          INET,
          "port",
          Kind.TEXT.as("address"),
          isRefused("127.0.0.1:9001"),
          "`host:port`, or `port` or `*:port` for all addresses of IPv4; an IPv6 address with or without brackets, `[::1]:9001`, and `[::]:9001` for all of both kinds");

  public static final ShownOption<HttpServerConfig.Inet, List<String>> INET_ALLOWED_HOSTS =
      new ShownOption<>(
          INET,
          "allowed_hosts",
          Kind.NAMES,
          isNothing("sv.example.com"),
          "names that [browsers may call it by](#browsers) besides its own; `*` for any") {
        @Override
        List<String> valueIn(HttpServerConfig.Inet c) {
          return c.allowedHosts();
        }
      };

  public static final ShownOption<HttpServerConfig.Inet, String> INET_CERTFILE =
      new ShownOption<>(
          INET,
          "certfile",
          Kind.PATH,
          isNothing("/etc/supervisor/server.crt"),
          "PEM file with a certificate: the server speaks [TLS](#https) with it") {
        @Override
        String valueIn(HttpServerConfig.Inet c) {
          return c.tls().map(HttpServerConfig.Tls::certfile).orElse(null);
        }
      };

  public static final ShownOption<HttpServerConfig.Inet, String> INET_KEYFILE =
      new ShownOption<>(
          INET,
          "keyfile",
          Kind.PATH,
          means("`certfile`", "/etc/supervisor/server.key"),
          "PEM file with its key") {
        @Override
        String valueIn(HttpServerConfig.Inet c) {
          return c.tls().map(HttpServerConfig.Tls::keyfile).orElse(null);
        }
      };

  private static final OptionGroup<HttpServerConfig> SERVER =
      group(SectionKind.UNIX_HTTP_SERVER, SectionKind.INET_HTTP_SERVER);

  public static final ShownOption<HttpServerConfig, String> SERVER_USERNAME =
      new ShownOption<>(
          SERVER,
          "username",
          Kind.TEXT,
          isNothing("user"),
          "clients need it and the password; both or neither") {
        @Override
        String valueIn(HttpServerConfig c) {
          return c.username().orElse(null);
        }
      };

  public static final ShownOption<HttpServerConfig, String> SERVER_PASSWORD =
      new ShownOption<>(
          SERVER,
          "password",
          Kind.TEXT,
          isNothing("123"),
          "may be `{SHA}` and the SHA-1, or `{SHA256}` and the SHA-256, of the password in hexadecimal") {
        @Override
        String valueIn(HttpServerConfig c) {
          return c.password().orElse(null);
        }
      };

  private static final OptionGroup<SupervisordConfig> SUPERVISORD = group(SectionKind.SUPERVISORD);

  public static final ShownOption<SupervisordConfig, LogDestination> LOGFILE =
      new ShownOption<>(
          SUPERVISORD,
          "logfile",
          "-l",
          Kind.ACTIVITY_LOG,
          is("supervisord.log").shownAs("/tmp/supervisord.log"),
          "the activity log; `syslog` sends it to the system's log, `/dev/stdout` (with `logfile_maxbytes=0`) to the terminal") {
        @Override
        LogDestination valueIn(SupervisordConfig c) {
          return c.logfile();
        }
      };

  public static final ShownOption<SupervisordConfig, Long> LOGFILE_MAXBYTES =
      new ShownOption<>(
          SUPERVISORD,
          "logfile_maxbytes",
          "-y",
          Kind.BYTES,
          is("50MB"),
          "size at which it is rotated, 0 for never") {
        @Override
        Long valueIn(SupervisordConfig c) {
          return c.logfileMaxbytes();
        }
      };

  public static final ShownOption<SupervisordConfig, Long> LOGFILE_BACKUPS =
      new ShownOption<>(
          SUPERVISORD,
          "logfile_backups",
          "-z",
          Kind.NUMBER,
          is("10"),
          "rotated files that are kept, 0 for none") {
        @Override
        Long valueIn(SupervisordConfig c) {
          return c.logfileBackups();
        }
      };

  public static final ShownOption<SupervisordConfig, LogLevel> LOGLEVEL =
      new ShownOption<>(
          SUPERVISORD,
          "loglevel",
          "-e",
          Kind.LOG_LEVEL,
          is("info"),
          "least that is logged: `critical`, `error`, `warn`, `info`, `debug`, `trace`, `blather`") {
        @Override
        LogLevel valueIn(SupervisordConfig c) {
          return c.loglevel();
        }
      };

  public static final ShownOption<SupervisordConfig, String> PIDFILE =
      new ShownOption<>(
          SUPERVISORD,
          "pidfile",
          "-j",
          Kind.FILE,
          is("supervisord.pid").shownAs("/tmp/supervisord.pid"),
          "holds the process id while supervisord runs") {
        @Override
        String valueIn(SupervisordConfig c) {
          return c.pidfile();
        }
      };

  public static final ShownOption<SupervisordConfig, Boolean> NODAEMON =
      new ShownOption<>(
          SUPERVISORD, "nodaemon", "-n", Kind.BOOLEAN, is("false"), "stay in the foreground") {
        @Override
        Boolean valueIn(SupervisordConfig c) {
          return c.nodaemon();
        }
      };

  public static final ShownOption<SupervisordConfig, Boolean> SILENT =
      new ShownOption<>(
          SUPERVISORD,
          "silent",
          "-s",
          Kind.BOOLEAN,
          is("false"),
          "in the foreground, log nothing to the terminal") {
        @Override
        Boolean valueIn(SupervisordConfig c) {
          return c.silent();
        }
      };

  public static final ShownOption<SupervisordConfig, UserId> SUPERVISORD_USER =
      new ShownOption<>(
          SUPERVISORD,
          "user",
          "-u",
          Kind.USER,
          isNothing("supervisord"),
          "whom supervisord becomes when it is started by root") {
        @Override
        UserId valueIn(SupervisordConfig c) {
          return c.user().orElse(null);
        }
      };

  public static final ShownOption<SupervisordConfig, Integer> SUPERVISORD_UMASK =
      new ShownOption<>(
          SUPERVISORD,
          "umask",
          "-m",
          Kind.OCTAL,
          is("022"),
          "supervisord's umask, and that of programs that set none") {
        @Override
        Integer valueIn(SupervisordConfig c) {
          return c.umask();
        }
      };

  public static final ShownOption<SupervisordConfig, String> SUPERVISORD_DIRECTORY =
      new ShownOption<>(
          SUPERVISORD,
          "directory",
          "-d",
          Kind.DIRECTORY,
          isNothing("/tmp"),
          "where supervisord changes to when it becomes a daemon") {
        @Override
        String valueIn(SupervisordConfig c) {
          return c.directory().orElse(null);
        }
      };

  public static final ShownOption<SupervisordConfig, String> IDENTIFIER =
      new ShownOption<>(
          SUPERVISORD,
          "identifier",
          "-i",
          Kind.TEXT,
          is("supervisor"),
          "the name of this supervisord, for clients and in events") {
        @Override
        String valueIn(SupervisordConfig c) {
          return c.identifier();
        }
      };

  public static final ShownOption<SupervisordConfig, String> CHILDLOGDIR =
      new ShownOption<>(
          SUPERVISORD,
          "childlogdir",
          "-q",
          Kind.DIRECTORY,
          means("the temporary directory: `$TMPDIR`, or `/tmp`", "/tmp"),
          "where logs of programs go that name none") {
        @Override
        String valueIn(SupervisordConfig c) {
          return c.childlogdir();
        }
      };

  public static final ShownOption<SupervisordConfig, Boolean> NOCLEANUP =
      new ShownOption<>(
          SUPERVISORD,
          "nocleanup",
          "-k",
          Kind.BOOLEAN,
          is("false"),
          "keep such logs of earlier runs") {
        @Override
        Boolean valueIn(SupervisordConfig c) {
          return c.nocleanup();
        }
      };

  public static final ShownOption<SupervisordConfig, Long> MINFDS =
      new ShownOption<>(
          SUPERVISORD,
          "minfds",
          "-a",
          Kind.NUMBER,
          is("1024"),
          "open files supervisord must be allowed, or it does not start") {
        @Override
        Long valueIn(SupervisordConfig c) {
          return c.minfds();
        }
      };

  public static final ShownOption<SupervisordConfig, Long> MINPROCS =
      new ShownOption<>(
          SUPERVISORD,
          "minprocs",
          "--minprocs",
          Kind.NUMBER,
          is("200"),
          "processes it must be allowed") {
        @Override
        Long valueIn(SupervisordConfig c) {
          return c.minprocs();
        }
      };

  public static final ShownOption<SupervisordConfig, Boolean> STRIP_ANSI =
      new ShownOption<>(
          SUPERVISORD,
          "strip_ansi",
          "-t",
          Kind.BOOLEAN,
          is("false"),
          "take ANSI escape sequences out of what programs log") {
        @Override
        Boolean valueIn(SupervisordConfig c) {
          return c.stripAnsi();
        }
      };

  public static final ShownOption<SupervisordConfig, Map<String, String>> SUPERVISORD_ENVIRONMENT =
      new ShownOption<>(
          SUPERVISORD,
          "environment",
          Kind.ENVIRONMENT,
          isNothing("KEY=\"value\""),
          "given to every program") {
        @Override
        Map<String, String> valueIn(SupervisordConfig c) {
          return c.environment();
        }
      };

  public static final ShownOption<SupervisordConfig, List<ExitRule>> EXIT_ON =
      new ShownOption<>(
          SUPERVISORD,
          "exit_on",
          Kind.EXIT_RULES,
          isNothing("web:fatal,all:exited"),
          "[ends of programs](dependencies.md#ends-with-its-program) with which supervisord ends too, with that program's exit code") {
        @Override
        List<ExitRule> valueIn(SupervisordConfig c) {
          return c.exitOn().isEmpty() ? null : c.exitOn();
        }
      };

  public static final Option<SupervisordConfig, Boolean> AUDIT =
      new Option<>(
          SUPERVISORD,
          "audit",
          Kind.BOOLEAN,
          means("whether there are [user:x] sections", "true"),
          "[what clients change](#audit) is written to the activity log");

  public static final Option<SupervisordConfig, String> AUDIT_LOGFILE =
      new Option<>(
          SUPERVISORD,
          "audit_logfile",
          Kind.FILE,
          isNothing("/var/log/supervisor/audit.json"),
          "the same, [as JSON](monitoring.md#audit-for-a-siem), a line for each");

  public static final Option<SupervisordConfig, Role> MCP =
      new Option<>(
          SUPERVISORD,
          "mcp",
          Kind.ROLE,
          isNothing("viewer"),
          "opens [`/mcp`](mcp.md) to assistants: `viewer` has them look, `operator` also start and stop, where their user may");

  public static final Option<SupervisordConfig, String> OTLP_ENDPOINT =
      new Option<>(
          SUPERVISORD,
          "otlp_endpoint",
          Kind.TEXT.as("URL"),
          isNothing("http://127.0.0.1:4318"),
          "metrics and lifecycle events are [sent to this OpenTelemetry collector](monitoring.md#opentelemetry)");

  public static final Option<SupervisordConfig, Map<String, String>> OTLP_HEADERS =
      new Option<>(
          SUPERVISORD,
          "otlp_headers",
          Kind.HEADERS,
          isNothing("Authorization=\"Bearer TOKEN\""),
          "sent to it with each request");

  public static final Option<SupervisordConfig, Duration> OTLP_INTERVAL =
      new Option<>(
          SUPERVISORD,
          "otlp_interval",
          Kind.DURATION,
          means("`OTEL_METRIC_EXPORT_INTERVAL`, or else 60", "60"),
          "how often metrics are sent to it, from 1s to 1d");

  private static final OptionGroup<User> USERS = group(SectionKind.USER);

  public static final Option<User, String> USER_PASSWORD =
      new Option<>(
          USERS,
          "password",
          Kind.TEXT,
          isRefused("123"),
          "plain, or `{SHA}` or `{SHA256}` and the digest in hexadecimal");

  public static final ShownOption<User, Role> USER_ROLE =
      new ShownOption<>(
          USERS, "role", Kind.ROLE, isRefused("operator"), "`viewer`, `operator` or `admin`") {
        @Override
        Role valueIn(User c) {
          return c.role();
        }
      };

  private static final OptionGroup<JmxConfig> JMX = group(SectionKind.JMX);

  public static final ShownOption<JmxConfig, String> JMX_HOST =
      new ShownOption<>(JMX, "host", Kind.TEXT.as("address"), is("127.0.0.1"), "where to listen") {
        @Override
        String valueIn(JmxConfig c) {
          return c.host();
        }
      };

  public static final ShownOption<JmxConfig, Integer> JMX_PORT =
      new ShownOption<>(
          JMX,
          "port",
          Kind.PORT,
          isRefused("9010"),
          "1 to 65535; the RMI registry and the connector share it") {
        @Override
        Integer valueIn(JmxConfig c) {
          return c.port();
        }
      };

  public static final ShownOption<JmxConfig, String> JMX_USERNAME =
      new ShownOption<>(
          JMX,
          "username",
          Kind.TEXT,
          isNothing("ops"),
          "one user more, who needs the password; both or neither") {
        @Override
        String valueIn(JmxConfig c) {
          return c.user().map(User::name).orElse(null);
        }
      };

  public static final Option<JmxConfig, String> JMX_PASSWORD =
      new Option<>(
          JMX,
          "password",
          Kind.TEXT,
          isNothing("123"),
          "plain, or `{SHA}` or `{SHA256}` and the digest in hexadecimal");

  public static final ShownOption<JmxConfig, Role> JMX_ROLE =
      new ShownOption<>(JMX, "role", Kind.ROLE, is("admin"), "what that user may do") {
        @Override
        Role valueIn(JmxConfig c) {
          return c.user().map(User::role).orElse(null);
        }
      };

  public static final ShownOption<JmxConfig, String> JMX_PASSWORD_FILE =
      new ShownOption<>(
          JMX,
          "password_file",
          Kind.PATH,
          isNothing("/etc/supervisor/jmx.users"),
          "more users, a line each: `name role password`. Must not be readable or writable by others (`chmod 600`). Read at each login: changes count at once") {
        @Override
        String valueIn(JmxConfig c) {
          return c.passwordFile().orElse(null);
        }
      };

  public static final ShownOption<JmxConfig, String> JMX_KEYSTORE =
      new ShownOption<>(
          JMX,
          "keystore",
          Kind.PATH,
          isNothing("/etc/supervisor/jmx.p12"),
          "a PKCS#12 or JKS file with certificate and key: only TLS is spoken then") {
        @Override
        String valueIn(JmxConfig c) {
          return c.keystore().map(JmxConfig.Keystore::file).orElse(null);
        }
      };

  public static final Option<JmxConfig, String> JMX_KEYSTORE_PASSWORD =
      new Option<>(
          JMX,
          "keystore_password",
          Kind.TEXT,
          isNothing("123"),
          "of that file and the key in it; both or neither");

  private static final OptionGroup<RpcInterfaceConfig> RPCINTERFACE =
      group(SectionKind.RPCINTERFACE);

  public static final Option<RpcInterfaceConfig, String> RPCINTERFACE_FACTORY =
      new Option<>(
          RPCINTERFACE,
          "supervisor.rpcinterface_factory",
          Kind.TEXT.as(""),
          isRefused("supervisor.rpcinterface:make_main_rpcinterface"),
          "what makes the interface: `supervisor.rpcinterface:make_main_rpcinterface` is Supervisor's own API, which supervisorctl needs; the name of a Java class adds methods in the namespace `x`");

  private static final OptionGroup<Void> SUPERVISORCTL = group(SectionKind.SUPERVISORCTL);

  public static final Option<Void, String> CTL_SERVERURL =
      new Option<>(
          SUPERVISORCTL,
          "serverurl",
          Kind.TEXT.as("URL"),
          is("http://localhost:9001").shownAs("unix:///tmp/supervisor.sock"),
          "where supervisorctl finds supervisord");

  public static final Option<Void, String> CTL_USERNAME =
      new Option<>(SUPERVISORCTL, "username", Kind.TEXT, isNothing("chris"), "whom it logs in as");

  public static final Option<Void, String> CTL_PASSWORD =
      new Option<>(
          SUPERVISORCTL, "password", Kind.TEXT, isNothing("123"), "that user's password, in clear");

  public static final Option<Void, String> CTL_PROMPT =
      new Option<>(
          SUPERVISORCTL,
          "prompt",
          Kind.TEXT,
          is("supervisor"),
          "what its shell shows before the `>`");

  public static final Option<Void, String> CTL_HISTORY_FILE =
      new Option<>(
          SUPERVISORCTL,
          "history_file",
          Kind.PATH,
          isNothing("~/.sc_history"),
          "keeps what was typed in the shell");

  private static final OptionGroup<Void> CTLPLUGIN = group(SectionKind.CTLPLUGIN);

  public static final Option<Void, String> CTLPLUGIN_FACTORY =
      new Option<>(
          CTLPLUGIN,
          "supervisor.ctl_factory",
          Kind.TEXT.as(""),
          isRefused("com.example.MyActions"),
          "the Java class that adds actions to supervisorctl; other options of the section are handed to it");

  private static final OptionGroup<ProcessConfig> PROGRAM =
      group(SectionKind.PROGRAM, SectionKind.EVENTLISTENER, SectionKind.FCGI_PROGRAM);

  public static final ShownOption<ProcessConfig, String> COMMAND =
      new ShownOption<>(
          PROGRAM,
          "command",
          Kind.TEXT,
          isRefused("/bin/cat"),
          "the program and its arguments, split as a shell would, but run without one; it has to stay in the foreground") {
        @Override
        String valueIn(ProcessConfig c) {
          return c.command();
        }
      };

  public static final Option<ProcessConfig, String> PROCESS_NAME =
      new Option<>(
          PROGRAM,
          "process_name",
          Kind.TEXT,
          is("%(program_name)s"),
          "name of the process; has to hold `%(process_num)` if `numprocs` is above 1");

  public static final Option<ProcessConfig, Long> NUMPROCS =
      new Option<>(PROGRAM, "numprocs", Kind.NUMBER, is("1"), "how many copies run");

  public static final Option<ProcessConfig, Long> NUMPROCS_START =
      new Option<>(PROGRAM, "numprocs_start", Kind.NUMBER, is("0"), "number of the first");

  public static final ShownOption<ProcessConfig, Long> PRIORITY =
      new ShownOption<>(
          PROGRAM, "priority", Kind.NUMBER, is("999"), "lower ones start earlier and stop later") {
        @Override
        Long valueIn(ProcessConfig c) {
          return c.priority();
        }
      };

  public static final ShownOption<ProcessConfig, Boolean> AUTOSTART =
      new ShownOption<>(
          PROGRAM, "autostart", Kind.BOOLEAN, is("true"), "started with supervisord") {
        @Override
        Boolean valueIn(ProcessConfig c) {
          return c.start().automatic();
        }
      };

  public static final ShownOption<ProcessConfig, Autorestart> AUTORESTART =
      new ShownOption<>(
          PROGRAM,
          "autorestart",
          Kind.AUTORESTART,
          is("unexpected"),
          "whether it is started again when it ends from RUNNING: `true`, `false`, or `unexpected`: if its exit code is not one of `exitcodes`") {
        @Override
        Autorestart valueIn(ProcessConfig c) {
          return c.restart().when();
        }
      };

  public static final ShownOption<ProcessConfig, Duration> STARTSECS =
      new ShownOption<>(
          PROGRAM,
          "startsecs",
          Kind.SECONDS,
          is("1"),
          "seconds it has to stay up to count as RUNNING") {
        @Override
        Duration valueIn(ProcessConfig c) {
          return c.start().minimumUptime();
        }
      };

  public static final ShownOption<ProcessConfig, Long> STARTRETRIES =
      new ShownOption<>(
          PROGRAM,
          "startretries",
          Kind.NUMBER,
          is("3"),
          "failed starts in a row after which it is FATAL; `-1`: never") {
        @Override
        Long valueIn(ProcessConfig c) {
          return c.start().retries();
        }
      };

  public static final ShownOption<ProcessConfig, List<Integer>> EXITCODES =
      new ShownOption<>(
          PROGRAM,
          "exitcodes",
          Kind.EXIT_CODES,
          is("0"),
          "exit codes that are expected, 0 to 255") {
        @Override
        List<Integer> valueIn(ProcessConfig c) {
          return c.restart().expectedCodes();
        }
      };

  public static final ShownOption<ProcessConfig, List<Integer>> STOPSIGNAL =
      new ShownOption<>(
          PROGRAM,
          "stopsignal",
          Kind.SIGNALS,
          is("TERM"),
          "asks it to stop; of several (`INT, TERM`) each is sent `stopwaitsecs` after the one before") {
        @Override
        List<Integer> valueIn(ProcessConfig c) {
          return c.stop().signals();
        }
      };

  public static final ShownOption<ProcessConfig, Duration> STOPWAITSECS =
      new ShownOption<>(
          PROGRAM,
          "stopwaitsecs",
          Kind.SECONDS,
          is("10"),
          "seconds after the last `stopsignal` until it is killed") {
        @Override
        Duration valueIn(ProcessConfig c) {
          return c.stop().patience();
        }
      };

  public static final ShownOption<ProcessConfig, Boolean> STOPASGROUP =
      new ShownOption<>(
          PROGRAM,
          "stopasgroup",
          Kind.BOOLEAN,
          is("false"),
          "`stopsignal` goes to its whole process group") {
        @Override
        Boolean valueIn(ProcessConfig c) {
          return c.stop().signalsGroup();
        }
      };

  public static final ShownOption<ProcessConfig, Boolean> KILLASGROUP =
      new ShownOption<>(
          PROGRAM,
          "killasgroup",
          Kind.BOOLEAN,
          means("as `stopasgroup`", "false"),
          "SIGKILL goes to its whole process group; may not be `false` when `stopasgroup` is `true`") {
        @Override
        Boolean valueIn(ProcessConfig c) {
          return c.stop().killsGroup();
        }
      };

  public static final ShownOption<ProcessConfig, UserId> PROGRAM_USER =
      new ShownOption<>(
          PROGRAM,
          "user",
          Kind.USER,
          means(OF_SUPERVISORD, "chrism"),
          "whom it runs as; needs root") {
        @Override
        UserId valueIn(ProcessConfig c) {
          return c.execution().user().orElse(null);
        }
      };

  public static final ShownOption<ProcessConfig, String> DIRECTORY =
      new ShownOption<>(
          PROGRAM,
          "directory",
          Kind.TEXT.as("path"),
          means(OF_SUPERVISORD, "/tmp"),
          "where it runs") {
        @Override
        String valueIn(ProcessConfig c) {
          return c.execution().directory().orElse(null);
        }
      };

  public static final ShownOption<ProcessConfig, Integer> UMASK =
      new ShownOption<>(PROGRAM, "umask", Kind.OCTAL, means(OF_SUPERVISORD, "022"), "its umask") {
        @Override
        Integer valueIn(ProcessConfig c) {
          return orNull(c.execution().umask());
        }
      };

  public static final ShownOption<ProcessConfig, Boolean> REDIRECT_STDERR =
      new ShownOption<>(
          PROGRAM,
          "redirect_stderr",
          Kind.BOOLEAN,
          is("false"),
          "its stderr goes where its stdout goes") {
        @Override
        Boolean valueIn(ProcessConfig c) {
          return c.redirectStderr();
        }
      };

  public static final ShownOption<ProcessConfig, LogDestination> STDOUT_LOGFILE =
      new ShownOption<>(
          PROGRAM,
          "stdout_logfile",
          Kind.programLog("stdout_logfile"),
          is("AUTO"),
          "its stdout goes there; `AUTO`: a file in `childlogdir` that supervisord names and removes; `NONE` or `OFF`: nowhere") {
        @Override
        LogDestination valueIn(ProcessConfig c) {
          return c.stdout().logfile();
        }
      };

  public static final ShownOption<ProcessConfig, Long> STDOUT_LOGFILE_MAXBYTES =
      new ShownOption<>(
          PROGRAM,
          "stdout_logfile_maxbytes",
          Kind.BYTES,
          is("50MB"),
          "size at which that is rotated, 0 for never") {
        @Override
        Long valueIn(ProcessConfig c) {
          return c.stdout().maxbytes();
        }
      };

  public static final ShownOption<ProcessConfig, Long> STDOUT_LOGFILE_BACKUPS =
      new ShownOption<>(
          PROGRAM, "stdout_logfile_backups", Kind.NUMBER, is("10"), "rotated files that are kept") {
        @Override
        Long valueIn(ProcessConfig c) {
          return c.stdout().backups();
        }
      };

  public static final ShownOption<ProcessConfig, Long> STDOUT_CAPTURE_MAXBYTES =
      new ShownOption<>(
          PROGRAM,
          "stdout_capture_maxbytes",
          Kind.BYTES,
          is("0"),
          "most that is kept of what stands between the capture tokens, 0 for no capture") {
        @Override
        Long valueIn(ProcessConfig c) {
          return c.stdout().captureMaxbytes();
        }
      };

  public static final ShownOption<ProcessConfig, Boolean> STDOUT_EVENTS_ENABLED =
      new ShownOption<>(
          PROGRAM,
          "stdout_events_enabled",
          Kind.BOOLEAN,
          is("false"),
          "what it writes there is sent to listeners as PROCESS_LOG_STDOUT") {
        @Override
        Boolean valueIn(ProcessConfig c) {
          return c.stdout().eventsEnabled();
        }
      };

  public static final ShownOption<ProcessConfig, Boolean> STDOUT_SYSLOG =
      new ShownOption<>(
          PROGRAM,
          "stdout_syslog",
          Kind.BOOLEAN,
          is("false"),
          "what it writes there goes to the system's log too") {
        @Override
        Boolean valueIn(ProcessConfig c) {
          return c.stdout().syslog();
        }
      };

  public static final ShownOption<ProcessConfig, LogDestination> STDERR_LOGFILE =
      new ShownOption<>(
          PROGRAM,
          "stderr_logfile",
          Kind.programLog("stderr_logfile"),
          is("AUTO"),
          "its stderr goes there; `AUTO`: a file in `childlogdir` that supervisord names and removes; `NONE` or `OFF`: nowhere") {
        @Override
        LogDestination valueIn(ProcessConfig c) {
          return c.stderr().logfile();
        }
      };

  public static final ShownOption<ProcessConfig, Long> STDERR_LOGFILE_MAXBYTES =
      new ShownOption<>(
          PROGRAM,
          "stderr_logfile_maxbytes",
          Kind.BYTES,
          is("50MB"),
          "size at which that is rotated, 0 for never") {
        @Override
        Long valueIn(ProcessConfig c) {
          return c.stderr().maxbytes();
        }
      };

  public static final ShownOption<ProcessConfig, Long> STDERR_LOGFILE_BACKUPS =
      new ShownOption<>(
          PROGRAM, "stderr_logfile_backups", Kind.NUMBER, is("10"), "rotated files that are kept") {
        @Override
        Long valueIn(ProcessConfig c) {
          return c.stderr().backups();
        }
      };

  public static final ShownOption<ProcessConfig, Long> STDERR_CAPTURE_MAXBYTES =
      new ShownOption<>(
          PROGRAM,
          "stderr_capture_maxbytes",
          Kind.BYTES,
          is("0"),
          "most that is kept of what stands between the capture tokens, 0 for no capture") {
        @Override
        Long valueIn(ProcessConfig c) {
          return c.stderr().captureMaxbytes();
        }
      };

  public static final ShownOption<ProcessConfig, Boolean> STDERR_EVENTS_ENABLED =
      new ShownOption<>(
          PROGRAM,
          "stderr_events_enabled",
          Kind.BOOLEAN,
          is("false"),
          "what it writes there is sent to listeners as PROCESS_LOG_STDERR") {
        @Override
        Boolean valueIn(ProcessConfig c) {
          return c.stderr().eventsEnabled();
        }
      };

  public static final ShownOption<ProcessConfig, Boolean> STDERR_SYSLOG =
      new ShownOption<>(
          PROGRAM,
          "stderr_syslog",
          Kind.BOOLEAN,
          is("false"),
          "what it writes there goes to the system's log too") {
        @Override
        Boolean valueIn(ProcessConfig c) {
          return c.stderr().syslog();
        }
      };

  public static final Channel STDOUT =
      new Channel(
          STDOUT_LOGFILE,
          STDOUT_LOGFILE_MAXBYTES,
          STDOUT_LOGFILE_BACKUPS,
          STDOUT_CAPTURE_MAXBYTES,
          STDOUT_EVENTS_ENABLED,
          STDOUT_SYSLOG);

  public static final Channel STDERR =
      new Channel(
          STDERR_LOGFILE,
          STDERR_LOGFILE_MAXBYTES,
          STDERR_LOGFILE_BACKUPS,
          STDERR_CAPTURE_MAXBYTES,
          STDERR_EVENTS_ENABLED,
          STDERR_SYSLOG);

  public static final ShownOption<ProcessConfig, Map<String, String>> ENVIRONMENT =
      new ShownOption<>(
          PROGRAM,
          "environment",
          Kind.ENVIRONMENT,
          isNothing("A=\"1\",B=\"2\""),
          "its own variables, before those of [supervisord]") {
        @Override
        Map<String, String> valueIn(ProcessConfig c) {
          return c.execution().environment();
        }
      };

  public static final ShownOption<ProcessConfig, String> SERVERURL =
      new ShownOption<>(
          PROGRAM,
          "serverurl",
          Kind.TEXT.as("URL"),
          is("AUTO"),
          "its `SUPERVISOR_SERVER_URL`; `AUTO`: the first [unix_http_server], or else the first [inet_http_server]") {
        @Override
        String valueIn(ProcessConfig c) {
          return c.execution().serverurl().orElse(null);
        }
      };

  public static final ShownOption<ProcessConfig, List<Dependency>> DEPENDS_ON =
      new ShownOption<>(
          PROGRAM,
          "depends_on",
          Kind.DEPENDENCIES,
          isNothing("db:ready,cache"),
          "[what it waits for](dependencies.md) before it is started: programs, `group:name` or `group:*`, each with `:started`, `:running`, `:ready`, `:completed` or `:exited` behind it") {
        @Override
        List<Dependency> valueIn(ProcessConfig c) {
          return c.relations().needs().isEmpty() ? null : c.relations().needs();
        }
      };

  public static final ShownOption<ProcessConfig, List<ProcessSelector>> RESTART_WITH =
      new ShownOption<>(
          PROGRAM,
          "restart_with",
          Kind.PROCESSES,
          isNothing("db"),
          "programs with which it is [restarted](dependencies.md#restarted-together)") {
        @Override
        List<ProcessSelector> valueIn(ProcessConfig c) {
          return c.relations().restartedWith().isEmpty() ? null : c.relations().restartedWith();
        }
      };

  public static final ShownOption<ProcessConfig, Backoff> RESTART_BACKOFF =
      new ShownOption<>(
          PROGRAM,
          "restart_backoff",
          Kind.BACKOFF,
          means("a second more each time", "exponential 1s 60s jitter 20%"),
          "[how long it waits](dependencies.md#restart-policy) after a failed start: `constant TIME`, or `linear` or `exponential` with the first and the longest time; `jitter N%` varies it") {
        @Override
        Backoff valueIn(ProcessConfig c) {
          Backoff backoff = c.policy().backoff();
          return backoff.equals(Backoff.SUPERVISORS) ? null : backoff;
        }
      };

  public static final ShownOption<ProcessConfig, Duration> RESTARTPAUSE =
      new ShownOption<>(
          PROGRAM,
          "restartpause",
          Kind.TIME,
          is("0"),
          "how long it is left alone, when it has ended, before it is started again") {
        @Override
        Duration valueIn(ProcessConfig c) {
          return c.policy().pause();
        }
      };

  public static final ShownOption<ProcessConfig, StartLimit> STARTLIMIT =
      new ShownOption<>(
          PROGRAM,
          "startlimit",
          Kind.START_LIMIT,
          isNothing("5 in 60s"),
          "how often supervisord may start it within a time; beyond that it is FATAL") {
        @Override
        StartLimit valueIn(ProcessConfig c) {
          return c.policy().limit().orElse(null);
        }
      };

  public static final ShownOption<ProcessConfig, Long> MEMORY_RESTART =
      new ShownOption<>(
          PROGRAM,
          "memory_restart",
          Kind.MEMORY,
          isNothing("500MB"),
          "resident memory of all its processes together above which it is restarted") {
        @Override
        Long valueIn(ProcessConfig c) {
          return c.policy().memory().isPresent() ? c.policy().memory().getAsLong() : null;
        }
      };

  public static final ShownOption<ProcessConfig, MaxAge> MAX_AGE =
      new ShownOption<>(
          PROGRAM,
          "max_age",
          Kind.MAX_AGE,
          isNothing("24h"),
          "how long it runs before it is restarted, less up to 10 % at random; `24h jitter 20%` for another part") {
        @Override
        MaxAge valueIn(ProcessConfig c) {
          return c.policy().maxAge().orElse(null);
        }
      };

  public static final ShownOption<ProcessConfig, Boolean> RESTART_WHEN_BINARY_CHANGED =
      new ShownOption<>(
          PROGRAM,
          "restart_when_binary_changed",
          Kind.BOOLEAN,
          is("false"),
          "it is restarted [when the file of its command has changed](dependencies.md#restarted-when-files-change)") {
        @Override
        Boolean valueIn(ProcessConfig c) {
          return c.policy().files().binary();
        }
      };

  public static final ShownOption<ProcessConfig, String> RESTART_CMD_WHEN_BINARY_CHANGED =
      new ShownOption<>(
          PROGRAM,
          "restart_cmd_when_binary_changed",
          Kind.TEXT.as("command"),
          isNothing("/usr/bin/app --reload"),
          "run then, in place of the restart; `MAINPID` is its process id") {
        @Override
        String valueIn(ProcessConfig c) {
          return c.policy().files().onBinary().command().orElse(null);
        }
      };

  public static final ShownOption<ProcessConfig, List<Integer>> RESTART_SIGNAL_WHEN_BINARY_CHANGED =
      new ShownOption<>(
          PROGRAM,
          "restart_signal_when_binary_changed",
          Kind.SIGNALS,
          isNothing("USR2"),
          "sent then, in place of the restart") {
        @Override
        List<Integer> valueIn(ProcessConfig c) {
          return c.policy().files().onBinary().signals().isEmpty()
              ? null
              : c.policy().files().onBinary().signals();
        }
      };

  public static final ShownOption<ProcessConfig, String> RESTART_DIRECTORY_MONITOR =
      new ShownOption<>(
          PROGRAM,
          "restart_directory_monitor",
          Kind.TEXT.as("path"),
          isNothing("/etc/app"),
          "it is restarted when a file in this directory, or below, has changed") {
        @Override
        String valueIn(ProcessConfig c) {
          return c.policy().files().directory().orElse(null);
        }
      };

  public static final ShownOption<ProcessConfig, String> RESTART_FILE_PATTERN =
      new ShownOption<>(
          PROGRAM,
          "restart_file_pattern",
          Kind.TEXT.as("pattern"),
          is("*"),
          "what the names of these files are like, such as `*.jar`") {
        @Override
        String valueIn(ProcessConfig c) {
          return c.policy().files().pattern();
        }
      };

  public static final ShownOption<ProcessConfig, String> RESTART_CMD_WHEN_FILE_CHANGED =
      new ShownOption<>(
          PROGRAM,
          "restart_cmd_when_file_changed",
          Kind.TEXT.as("command"),
          isNothing("/usr/sbin/nginx -s reload"),
          "run then, in place of the restart; `MAINPID` is its process id") {
        @Override
        String valueIn(ProcessConfig c) {
          return c.policy().files().onFile().command().orElse(null);
        }
      };

  public static final ShownOption<ProcessConfig, List<Integer>> RESTART_SIGNAL_WHEN_FILE_CHANGED =
      new ShownOption<>(
          PROGRAM,
          "restart_signal_when_file_changed",
          Kind.SIGNALS,
          isNothing("HUP"),
          "sent then, in place of the restart") {
        @Override
        List<Integer> valueIn(ProcessConfig c) {
          return c.policy().files().onFile().signals().isEmpty()
              ? null
              : c.policy().files().onFile().signals();
        }
      };

  public static final Check READINESS =
      Check.of(
          "readiness_check_",
          true,
          "[tells whether it is ready](health-checks.md): a command, `http://…`, `https://…`, `tcp://host:port`, `unix:///path`, `log:REGEX` or `notify`",
          "1",
          "tcp://127.0.0.1:5432",
          "none");

  public static final Check LIVENESS =
      Check.of(
          "liveness_check_",
          false,
          "[tells whether it lives](health-checks.md): a command, `http://…`, `https://…`, `tcp://host:port`, `unix:///path` or `notify`",
          "10",
          "http://127.0.0.1:8080/health",
          "restart");

  public static final ShownOption<ProcessConfig, Boolean> NOTIFY =
      new ShownOption<>(
          PROGRAM,
          "notify",
          Kind.BOOLEAN,
          is("false"),
          "it [tells by sd_notify](health-checks.md#what-a-program-says-itself) when it is ready and how it fares") {
        @Override
        Boolean valueIn(ProcessConfig c) {
          return c.health().notifies();
        }
      };

  public static final ShownOption<ProcessConfig, Duration> WATCHDOG_SEC =
      new ShownOption<>(
          PROGRAM,
          "watchdog_sec",
          Kind.DURATION,
          is("0"),
          "restarted when it has sent no `WATCHDOG=1` for so long, 0 for never; implies `notify`") {
        @Override
        Duration valueIn(ProcessConfig c) {
          return c.health().watchdog();
        }
      };

  public static final ShownOption<ProcessConfig, String> PRE_START_HOOK =
      new ShownOption<>(
          PROGRAM,
          "pre_start_hook",
          Kind.TEXT.as("command"),
          isNothing("/usr/local/bin/migrate"),
          "[run before it is started](health-checks.md#hooks), which fails when this does") {
        @Override
        String valueIn(ProcessConfig c) {
          return c.hooks().preStart().orElse(null);
        }
      };

  public static final ShownOption<ProcessConfig, String> POST_START_HOOK =
      new ShownOption<>(
          PROGRAM,
          "post_start_hook",
          Kind.TEXT.as("command"),
          isNothing("/usr/local/bin/register"),
          "run when it has become RUNNING") {
        @Override
        String valueIn(ProcessConfig c) {
          return c.hooks().postStart().orElse(null);
        }
      };

  public static final ShownOption<ProcessConfig, String> PRE_STOP_HOOK =
      new ShownOption<>(
          PROGRAM,
          "pre_stop_hook",
          Kind.TEXT.as("command"),
          isNothing("/usr/local/bin/drain"),
          "run before it is asked to stop") {
        @Override
        String valueIn(ProcessConfig c) {
          return c.hooks().preStop().orElse(null);
        }
      };

  public static final ShownOption<ProcessConfig, String> POST_STOP_HOOK =
      new ShownOption<>(
          PROGRAM,
          "post_stop_hook",
          Kind.TEXT.as("command"),
          isNothing("/bin/rm -f /run/app.lock"),
          "run when it has ended, in whatever way") {
        @Override
        String valueIn(ProcessConfig c) {
          return c.hooks().postStop().orElse(null);
        }
      };

  public static final ShownOption<ProcessConfig, String> STOP_COMMAND =
      new ShownOption<>(
          PROGRAM,
          "stop_command",
          Kind.TEXT.as("command"),
          isNothing("/usr/sbin/nginx -s quit"),
          "asks it to stop, in place of `stopsignal`; `MAINPID` is its process id") {
        @Override
        String valueIn(ProcessConfig c) {
          return c.hooks().stopCommand().orElse(null);
        }
      };

  public static final ShownOption<ProcessConfig, Duration> HOOK_TIMEOUT =
      new ShownOption<>(
          PROGRAM, "hook_timeout", Kind.DURATION, is("30"), "after which a hook is killed") {
        @Override
        Duration valueIn(ProcessConfig c) {
          return c.hooks().timeout();
        }
      };

  public static final ShownOption<ProcessConfig, Boolean> ROLLING_UPDATE =
      new ShownOption<>(
          PROGRAM,
          "rolling_update",
          Kind.BOOLEAN,
          is("false"),
          "`update` [touches only what has changed](updates.md) in its group, and restarts its processes one after the other") {
        @Override
        Boolean valueIn(ProcessConfig c) {
          return c.rollingUpdate();
        }
      };

  private static final OptionGroup<GroupConfig.EventListeners> LISTENER =
      group(SectionKind.EVENTLISTENER);

  public static final ShownOption<GroupConfig.EventListeners, List<String>> EVENTS =
      new ShownOption<>(
          LISTENER,
          "events",
          Kind.NAMES,
          isRefused("PROCESS_STATE,TICK_60"),
          "types of [events](events.md) that are sent to it") {
        @Override
        List<String> valueIn(GroupConfig.EventListeners c) {
          return c.events();
        }
      };

  public static final ShownOption<GroupConfig.EventListeners, Long> BUFFER_SIZE =
      new ShownOption<>(
          LISTENER,
          "buffer_size",
          Kind.NUMBER,
          is("10"),
          "events kept while none of its processes is ready, at least 1") {
        @Override
        Long valueIn(GroupConfig.EventListeners c) {
          return c.bufferSize();
        }
      };

  public static final ShownOption<GroupConfig.EventListeners, String> RESULT_HANDLER =
      new ShownOption<>(
          LISTENER,
          "result_handler",
          Kind.TEXT.as(""),
          is("supervisor.dispatchers:default_handler"),
          "what judges the listener's responses: Supervisor's own handler, or a Java class") {
        @Override
        String valueIn(GroupConfig.EventListeners c) {
          return c.resultHandler();
        }
      };

  public static final Option<GroupConfig.EventListeners, Long> LISTENER_PRIORITY =
      new Option<>(
          LISTENER, "priority", Kind.NUMBER, is("-1"), "listeners start first and stop last");

  public static final Option<GroupConfig.EventListeners, Boolean> LISTENER_REDIRECT_STDERR =
      new Option<>(
          LISTENER,
          "redirect_stderr",
          Kind.BOOLEAN,
          is("false"),
          "may not be `true`: stdout belongs to the protocol");

  private static final OptionGroup<FcgiSocket> SOCKET = group(SectionKind.FCGI_PROGRAM);

  public static final Option<FcgiSocket, String> SOCKET_URL =
      new Option<>(
          SOCKET,
          "socket",
          Kind.TEXT.as("URL"),
          isRefused("unix:///tmp/name.socket"),
          "the listening socket: `tcp://host:port` or `unix:///path`");

  public static final ShownOption<FcgiSocket, SocketOwner> SOCKET_OWNER =
      new ShownOption<>(
          SOCKET,
          "socket_owner",
          Kind.OWNER.refusedAs("Invalid socket_owner value"),
          means("`user`", "nobody:nogroup"),
          "owner of a Unix socket") {
        @Override
        SocketOwner valueIn(FcgiSocket c) {
          return c.owner().orElse(null);
        }
      };

  public static final ShownOption<FcgiSocket, Integer> SOCKET_MODE =
      new ShownOption<>(
          SOCKET,
          "socket_mode",
          Kind.OCTAL.refusedAs("Invalid socket_mode value"),
          means("`0700`", "0700"),
          "mode of a Unix socket") {
        @Override
        Integer valueIn(FcgiSocket c) {
          return orNull(c.mode());
        }
      };

  public static final ShownOption<FcgiSocket, Long> SOCKET_BACKLOG =
      new ShownOption<>(
          SOCKET,
          "socket_backlog",
          Kind.NUMBER,
          means("the system's", "128"),
          "connections that may wait, 1 to 65535") {
        @Override
        Long valueIn(FcgiSocket c) {
          return c.backlog().isPresent() ? (long) c.backlog().getAsInt() : null;
        }
      };

  private static final OptionGroup<Void> GROUPS = group(SectionKind.GROUP);

  public static final Option<Void, List<String>> GROUP_PROGRAMS =
      new Option<>(
          GROUPS,
          "programs",
          Kind.NAMES,
          means("none", "first,second"),
          "programs and fcgi-programs that are in this group; they have no group of their own then");

  public static final Option<Void, Long> GROUP_PRIORITY =
      new Option<>(GROUPS, "priority", Kind.NUMBER, is("999"), "as for programs");

  public static final Option<Void, List<Dependency>> GROUP_DEPENDS_ON =
      new Option<>(
          GROUPS,
          "depends_on",
          Kind.DEPENDENCIES,
          isNothing("db:ready"),
          "as for programs, for each in the group");

  private static final OptionGroup<Void> INCLUDE = group(SectionKind.INCLUDE);

  public static final Option<Void, String> INCLUDE_FILES =
      new Option<>(
          INCLUDE,
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
        .filter(group -> group.sections().contains(section))
        .sorted(Comparator.comparingInt(group -> group.sections().size()))
        .flatMap(group -> group.options().stream())
        .forEach(option -> found.putIfAbsent(option.name(), option));
    return List.copyOf(found.values());
  }

  private static <C> OptionGroup<C> group(SectionKind... sections) {
    OptionGroup<C> group = new OptionGroup<>(List.of(sections));
    ALL.add(group);
    return group;
  }

  private static Integer orNull(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }
}

package ee.supervisor.launcher.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignFileTest {
  @TempDir private Path directory;

  private String imported(String name, String text) throws Exception {
    Path file = directory.resolve(name);
    Files.writeString(file, text);
    return new ForeignFile(file.toString()).toConfiguration();
  }

  /** A service with these lines, and what its section says. */
  private List<String> service(String lines) throws Exception {
    return section(imported("web.service", "[Service]\nExecStart=/bin/web\n" + lines));
  }

  private List<String> app(String members) throws Exception {
    return section(
        imported("ecosystem.config.json", "{\"apps\": [{\"script\": \"web.js\"" + members + "}]}"));
  }

  private static List<String> section(String configuration) {
    return configuration.substring(configuration.indexOf("[program:")).lines().toList();
  }

  @Test
  void aSystemdServiceKeepsWhatItSays() throws Exception {
    assertThat(
            service(
                """
                Restart=on-failure
                RestartSec=500ms
                Environment=A=1 "B=two words"
                User=www-data
                SuccessExitStatus=3 SIGKILL
                TimeoutStopSec=1min 30s
                KillMode=mixed
                KillSignal=SIGINT
                WatchdogSec=2min
                WorkingDirectory=-/srv
                StandardOutput=append:/var/log/web.log
                """))
        .contains(
            "command = /bin/web",
            "directory = /srv",
            "environment = A=\"1\",B=\"two words\"",
            "user = www-data",
            "autorestart = unexpected",
            "exitcodes = 0,3",
            "restartpause = 500ms",
            "startlimit = 5 in 10s",
            "stopsignal = SIGINT",
            "stopwaitsecs = 90",
            "killasgroup = true",
            "watchdog_sec = 120s",
            "stdout_logfile = /var/log/web.log",
            "redirect_stderr = true",
            "; not carried over: SuccessExitStatus=SIGKILL: exitcodes takes numbers")
        .doesNotContain("stopasgroup = true");
  }

  @Test
  void whatNoOptionIsForBecomesAComment() throws Exception {
    assertThat(service("ProtectSystem=strict\nEnvironmentFile=/etc/default/web\n[X-Y]\nZ=1\n"))
        .contains(
            "; not carried over: ProtectSystem=strict",
            "; not carried over: EnvironmentFile=/etc/default/web: put its variables into"
                + " environment",
            "; not carried over: Z=1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/bin/a --port ${PORT}        | /bin/sh -c 'exec /bin/a --port \"${PORT}\"'",
        "/bin/a $OPTIONS \"x y\"      | /bin/sh -c 'exec /bin/a $OPTIONS '\\''x y'\\'''",
        "/bin/a cost $$5 100%%        | /bin/a cost '$5' 100%%",
        "-/bin/a %N                   | /bin/a web",
        "@/bin/a name one             | /bin/a one",
        "/bin/a 'x ; y' \" # \"       | /bin/a 'x '\\;' y' ' '\\#' '",
        "/bin/a \\                    | /bin/a",
        ":/bin/a ${A}                 | /bin/a '${A}'"
      })
  void aCommandOfSystemdRunsTheSame(String written, String expected) throws Exception {
    assertThat(section(imported("web.service", "[Service]\nExecStart=" + written + "\n")))
        .contains("command = " + expected);
  }

  @Test
  void noLimitForStoppingIsNoKillAtOnce() throws Exception {
    assertThat(service("TimeoutStopSec=0\n")).contains("stopwaitsecs = 2000000000");
  }

  @Test
  void anEndlessFileIsNotReadToItsEnd() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("Procfile"), Path.of("/dev/zero"));
    assertThatThrownBy(() -> new ForeignFile(link.toString()).toConfiguration())
        .hasMessageEndingWith("is larger than 4 MB");
  }

  @Test
  void anEmptyAssignmentForgetsThoseBefore() throws Exception {
    assertThat(service("ExecStart=\nExecStart=/bin/b\nEnvironment=A=1\nEnvironment=\n"))
        .contains("command = /bin/b")
        .noneMatch(line -> line.startsWith("environment"));
  }

  @Test
  void severalHooksAreOneCommand() throws Exception {
    assertThat(service("ExecStartPre=-/bin/a\nExecStartPre=/bin/b $X\nExecStop=/bin/c $MAINPID\n"))
        .contains(
            "pre_start_hook = /bin/sh -c '/bin/a || :; exec /bin/b $X'",
            "stop_command = /bin/sh -c 'exec /bin/c $MAINPID'");
  }

  @Test
  void linesMayBeContinuedAroundComments() throws Exception {
    assertThat(
            section(
                imported("a.service", "[Service]\nExecStart=/bin/a \\\n# no\n  one \\\n two\n")))
        .contains("command = /bin/a one two");
  }

  @Test
  void anInstanceOfATemplateKnowsItsName() throws Exception {
    assertThat(section(imported("web@blue.service", "[Service]\nExecStart=/bin/%p %i\n")))
        .contains("[program:web@blue]", "command = /bin/web blue");
  }

  @Test
  void anAppOfPm2KeepsWhatItSays() throws Exception {
    assertThat(
            app(
                """
                , "name": "my api", "args": ["--x", "a b"], "node_args": "--inspect",
                "cwd": "/srv/api", "instances": "3", "env": {"A": 1, "B": "50%"},
                "max_restarts": 5, "min_uptime": "2.5s", "restart_delay": 4000,
                "max_memory_restart": "1G", "stop_exit_codes": [0, 143], "kill_timeout": 3000,
                "error_file": "/dev/null", "out_file": "logs/out.log", "watch": ["src"],
                "env_test": {}, "exec_mode": "cluster"
                """))
        .contains(
            "[program:my-api]",
            "command = node --inspect web.js --x 'a b'",
            "directory = /srv/api",
            "numprocs = 3",
            "process_name = %(program_name)s_%(process_num)02d",
            "environment = A=\"1\",B=\"50%%\",NODE_APP_INSTANCE=\"%(process_num)d\"",
            "autorestart = unexpected",
            "exitcodes = 0,143",
            "startretries = 5",
            "startsecs = 3",
            "restartpause = 4000ms",
            "memory_restart = 1GB",
            "stopwaitsecs = 3",
            "stderr_logfile = NONE",
            "stdout_logfile = /srv/api/logs/out-%(process_num)d.log")
        .anyMatch(line -> line.startsWith("; not carried over: watch"))
        .anyMatch(line -> line.startsWith("; not carried over: env_test"))
        .anyMatch(line -> line.startsWith("; not carried over: exec_mode cluster"));
  }

  @Test
  void pm2sDefaultsAreWrittenOut() throws Exception {
    assertThat(app(""))
        .contains(
            "[program:web]",
            "command = node web.js",
            "directory = " + directory,
            "autorestart = true",
            "startretries = 16",
            "stopsignal = INT",
            "stopwaitsecs = 2",
            "stopasgroup = true");
  }

  @Test
  void aProcfileGivesAProgramForEachLine() throws Exception {
    Files.writeString(directory.resolve(".env"), "A=1\n");
    assertThat(
            section(imported("Procfile", "# all\nweb: serve -p $PORT\n\nworker: a && b ; c # d\n")))
        .contains(
            "[program:web]",
            "command = /bin/sh -c 'exec serve -p $PORT'",
            "environment = PORT=\"5000\"",
            "[program:worker]",
            "command = /bin/sh -c 'a && b '\\;' c '\\#' d'",
            "environment = PORT=\"5100\"",
            "; not carried over: .env: put its variables into environment");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.service   | [Service]                            | Service.ExecStart: must be set",
        "a.service   | x=1                                  | :1: 'x=1' stands before any section",
        "a.service   | [Service]~nonsense                   | :2: 'nonsense' is not KEY=VALUE",
        "a.service   | [Service]~ExecStart=/a \"b           | :2: ExecStart: the quote \" is not",
        "a.service   | [Service]~ExecStart=/a~RestartSec=1x~Restart=always | :3: RestartSec: '1x'",
        "a.service   | [Service]~ExecStart=/a~Environment=B | :3: Environment: 'B' is not",
        "a@.service  | [Service]~ExecStart=/a               | is a template",
        "Procfile    | web: a~what                          | :2: 'what' is not NAME: COMMAND",
        "Procfile    | web: a~web: b                        | two programs are called web",
        "Procfile    | # none                               | names no program",
        "a.json      | {~\"apps\": [}                       | :2: is not JSON",
        "a.json      | {\"apps\": [{}]}                     | apps[0].script: must be set",
        "a.json      | {\"apps\": []}                       | names no program",
        "a.json      | {\"apps\": [7]}                      | apps[0]: is no object",
        "a.json      | [{\"script\":\"a\",\"env\":1}]       | [0].env: is no object",
        "a.json      | {\"script\":\"a\",\"instances\":[]}  | instances: is neither a number",
        "a.json      | {\"script\":\"a\",\"min_uptime\":\"x\"} | min_uptime: 'x' is no time",
        "a.json      | {\"script\":\"a\",\"args\":\"\\n'\"} | args: the quote ' is not closed",
        "a.json      | {\"script\":\"a\",\"args\":[\"\\n\"]} | has a control character",
        "a.json      | {\"script\":\"a\",\"autorestart\":1} | autorestart: '1' is neither",
        "a.config.js | module.exports                       | node -p",
        "a.yml       | apps:                                | YAML is not read",
        "a.toml      | apps                                 | only a systemd unit"
      })
  void whatIsWrongIsNamedWithItsPlace(String name, String text, String expected) {
    assertThatThrownBy(() -> imported(name, text.replace('~', '\n')))
        .isInstanceOf(ImportException.class)
        .hasMessageStartingWith(directory.resolve(name).toString())
        .hasMessageContaining(expected);
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws Exception {
    assertThatThrownBy(() -> new ForeignFile("/nowhere/Procfile").toConfiguration())
        .hasMessage("/nowhere/Procfile: no such file");
    Files.write(directory.resolve("Procfile"), new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> new ForeignFile(directory + "/Procfile").toConfiguration())
        .hasMessageEndingWith("is not UTF-8");
    assertThatThrownBy(() -> new ForeignFile("/").toConfiguration())
        .isInstanceOf(ImportException.class);
  }
}

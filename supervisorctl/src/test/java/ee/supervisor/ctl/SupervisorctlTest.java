package ee.supervisor.ctl;

import static ee.supervisor.testing.Requirement.REFERENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.ctl.Ctl.Result;
import ee.supervisor.testing.Requires;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requires(REFERENCE)
class SupervisorctlTest {
  private static final String SECTIONS =
      """
      [supervisorctl]
      serverurl=unix://@DIR@/s.sock
      [program:echo]
      command=/bin/cat
      startsecs=0
      [program:idle]
      command=/bin/cat
      autostart=false
      [program:ticker]
      command=/bin/sh -c 'while :; do echo tick; sleep 0.2; done'
      startsecs=0
      [program:stubborn]
      command=/bin/sh -c 'trap "" TERM; while :; do sleep 0.2; done'
      stopwaitsecs=15
      startsecs=0
      [program:binary]
      command=/bin/sh -c 'printf "\\001\\377caf\\303\\251\\n"; exec sleep 1000'
      startsecs=0
      """;

  @TempDir static Path directory;
  private static ReferenceServer server;

  @BeforeAll
  static void startServer() throws IOException {
    server = new ReferenceServer(directory, SECTIONS);
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  private static Result ctl(String... action) throws Exception {
    return Ctl.run(arguments(action));
  }

  private static String[] arguments(String... action) {
    String[] all = new String[action.length + 2];
    all[0] = "-c";
    all[1] = server.conf();
    System.arraycopy(action, 0, all, 2, action.length);
    return all;
  }

  @Test
  void helpInAPipeIsThatOfTheReference() throws Exception {
    Process reference = new ProcessBuilder("supervisorctl", "-c", server.conf(), "help").start();
    String theirs = new String(reference.getInputStream().readAllBytes(), UTF_8);
    assertThat(theirs).contains("update");
    assertThat(ctl("help").out()).isEqualTo(theirs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "roll echo",
        "roll --batch 2 echo:*",
        "roll all --timeout=5",
        "update --plan",
        "update --only-changed",
        "graph",
        "graph --dot"
      })
  void whatSupervisorsOwnServerCannotDoIsSaidClearly(String action) throws Exception {
    Result result = ctl(action.split(" "));
    assertThat(result.out())
        .matches(
            "ERROR: the supervisord at unix://\\S+ does not know .+; Supervisor for Jakarta EE"
                + " does\n");
    assertThat(result.exit()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "roll",
        "roll --batch 0 echo",
        "roll --timeout echo",
        "roll --fast echo",
        "graph x"
      })
  void whatCannotBeMeantIsRefused(String action) throws Exception {
    Result result = ctl(action.split(" "));
    assertThat(result.out()).startsWith("Error: ");
    assertThat(result.exit()).isEqualTo(2);
  }

  @Test
  void statusSaysByItsExitCodeWhetherAllRun() throws Exception {
    Result running = ctl("status", "echo");
    assertThat(running.out()).startsWith("echo                             RUNNING   pid ");
    assertThat(running.exit()).isZero();
    assertThat(ctl("status", "echo", "idle").exit()).isEqualTo(3);
    assertThat(ctl("status", "nope").exit()).isEqualTo(4);
  }

  @Test
  void statusAsJsonHasAllDetailsAndKeepsErrorsApart() throws Exception {
    Result result = ctl("status", "--json", "idle", "nope");
    assertThat(result.out())
        .startsWith("[\n  {")
        .contains("\"name\":\"idle\"", "\"statename\":\"STOPPED\"", "\"pid\":0", "\"ready\":false")
        .endsWith("}\n]\n");
    assertThat(result.err()).isEqualTo("nope: ERROR (no such process)\n");
    assertThat(result.exit()).isEqualTo(3);
  }

  @Test
  void aConnectionThatFailsIsToldWithAPlaceThatExistsInOurSource() throws Exception {
    Ctl.Result result = Ctl.run("-s", "http://127.0.0.1:1", "reload");

    Matcher place =
        Pattern.compile(
                "error: <class 'ConnectionRefusedError'>, \\[Errno 111\\] Connection refused:"
                    + " file: (\\S+) line: (\\d+)\n")
            .matcher(result.out());
    assertThat(place.matches()).as(result.out()).isTrue();
    List<String> source =
        Files.readAllLines(Path.of("../supervisor-common/src/main/java", place.group(1)));
    assertThat(source.get(Integer.parseInt(place.group(2)) - 1)).contains("REFUSED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help", "-?"})
  void theHelpBeginsAsTheReferencesAndHasItsNotation(String option) throws Exception {
    Ctl.Result result = Ctl.run(option);

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .startsWith("supervisorctl -- ")
        .contains("\n\nUsage: ", " [options] [action [arguments]]\n\nOptions:\n")
        .contains("-c/--configuration FILENAME -- ", "-h/--help -- ", "-i/--interactive -- ")
        .contains("-s/--serverurl URL -- ", "-u/--username USERNAME -- ")
        .contains("-p/--password PASSWORD -- ", "-r/--history-file FILENAME -- ");
  }

  @Test
  void aStopIsGivenUpWhenItsTimeIsOver() throws Exception {
    Result result = ctl("stop", "--timeout", "1", "stubborn");
    assertThat(result.out()).isEqualTo("stubborn: ERROR (timeout: STOPPING after 1 s)\n");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void aTimeoutThatIsNoneIsRefused() throws Exception {
    Result result = ctl("start", "--timeout=soon", "echo");
    assertThat(result.out())
        .isEqualTo("Error: --timeout needs a number of seconds above 0, not 'soon'\n");
    assertThat(result.exit()).isEqualTo(2);
  }

  @Test
  void tailFollowsUntilNobodyReadsItAnyMore() throws Exception {
    Process tail = Ctl.start(arguments("tail", "-f", "ticker"));
    BufferedReader out =
        new BufferedReader(new InputStreamReader(tail.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("==> Press Ctrl-C to exit <==");
    assertThat(out.readLine()).contains("tick");
    out.close();
    assertThat(tail.waitFor(30, SECONDS)).isTrue();
    assertThat(tail.exitValue()).isZero();
    assertThat(tail.getErrorStream().readAllBytes()).isEmpty();
  }

  @Test
  void ctrlCEndsTailWithoutAnError() throws Exception {
    Process tail = Ctl.start(arguments("tail", "-f", "echo"));
    BufferedReader out =
        new BufferedReader(new InputStreamReader(tail.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("==> Press Ctrl-C to exit <==");
    ctl("status");
    new ProcessBuilder("/bin/sh", "-c", "kill -INT " + tail.pid()).start().waitFor();
    assertThat(out.readLine()).isEmpty();
    assertThat(tail.waitFor(30, SECONDS)).isTrue();
    assertThat(tail.exitValue()).isZero();
  }

  @Test
  void tailFollowShowsBytesAsTheyAre() throws Exception {
    Process tail = Ctl.start(arguments("tail", "-f", "binary"));
    byte[] head = "==> Press Ctrl-C to exit <==\n".getBytes(StandardCharsets.UTF_8);
    assertThat(tail.getInputStream().readNBytes(head.length)).isEqualTo(head);
    assertThat(tail.getInputStream().readNBytes(8))
        .isEqualTo(new byte[] {1, (byte) 0xff, 'c', 'a', 'f', (byte) 0xc3, (byte) 0xa9, '\n'});
    tail.destroy();
    tail.waitFor();
  }

  @Test
  void aPluginAddsItsActions() throws Exception {
    Path conf = directory.resolve("plugin.conf");
    Files.writeString(
        conf,
        Files.readString(Path.of(server.conf()))
            + "[ctlplugin:greeting]\nsupervisor.ctl_factory="
            + GreetingPlugin.class.getName()
            + "\nword=hello\n");
    Result greet = Ctl.run("-c", conf.toString(), "greet", "echo");
    assertThat(greet.out()).isEqualTo("hello, echo: RUNNING\n");
    assertThat(Ctl.run("-c", conf.toString(), "help", "greet").out())
        .isEqualTo("greet <name>\tGreet a process\n");
    assertThat(Ctl.run("-c", conf.toString(), "help").out())
        .contains("default commands (type help <topic>):", "greeting commands (type help <topic>):")
        .endsWith("=".repeat(38) + "\ngreet\n\n");
  }

  @Test
  void aPluginThatIsNotThereIsToldBeforeAnythingIsDone() throws Exception {
    Path conf = directory.resolve("noplugin.conf");
    Files.writeString(
        conf, "[supervisorctl]\n[ctlplugin:x]\nsupervisor.ctl_factory=com.example.Nothing\n");
    Result result = Ctl.run("-c", conf.toString(), "status");
    assertThat(result.err())
        .startsWith("Error: com.example.Nothing cannot be resolved within [ctlplugin:x]\n");
    assertThat(result.exit()).isEqualTo(2);
  }
}

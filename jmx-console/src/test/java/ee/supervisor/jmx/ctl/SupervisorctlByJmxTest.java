package ee.supervisor.jmx.ctl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.jmx.FreePort;
import ee.supervisor.jmx.ShownEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** supervisorctl in a JVM of its own, talking by JMX to a real engine with real children. */
class SupervisorctlByJmxTest {
  private static final String PROGRAMS =
      """
      [group:web]
      programs=a,b
      [program:a]
      command=/bin/cat
      startsecs=0
      stdout_logfile=@DIR@/a.log
      [program:b]
      command=/bin/sleep 1000
      startsecs=0
      autostart=false
      [program:broken]
      command=/no/such/program
      autostart=false
      """;

  @TempDir private Path directory;
  private String url;
  private ShownEngine shown;

  /** What a run of supervisorctl printed and returned. */
  private record Result(int status, String output) {}

  @BeforeEach
  void start() throws Exception {
    int port = FreePort.onLoopback();
    url = "service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi".formatted(port);
    String section = "[jmx]\nport=%d\nusername=root\npassword=boss\n".formatted(port);
    shown =
        new ShownEngine(directory, section + PROGRAMS, ManagementFactory.getPlatformMBeanServer());
    shown.running().awaitState("web:a", ProcessState.RUNNING);
  }

  @AfterEach
  void stop() {
    shown.close();
  }

  @Test
  void statusIsThatOfEveryProcess() throws Exception {
    int pid = shown.running().info("web:a").pid();

    Result result = supervisorctl("status");

    assertThat(result.output())
        .matches(
            "broken +STOPPED +Not started\n"
                + "web:a +RUNNING +pid %d, uptime 0:00:\\d\\d\n".formatted(pid)
                + "web:b +STOPPED +Not started\n");
    assertThat(result.status()).isEqualTo(3);
  }

  @Test
  void statusAsJsonSaysWhetherOthersMayCountOnAProcess() throws Exception {
    assertThat(supervisorctl("status", "--json").output())
        .containsPattern("\"name\":\"a\",.*\"ready\":true}")
        .containsPattern("\"name\":\"b\",.*\"ready\":false}");
  }

  @Test
  void processesAreStartedAndStoppedInTheReferencesWords() throws Exception {
    assertThat(supervisorctl("start", "web:b")).isEqualTo(new Result(0, "web:b: started\n"));
    assertThat(supervisorctl("start", "web:b"))
        .isEqualTo(new Result(0, "web:b: ERROR (already started)\n"));
    assertThat(supervisorctl("signal", "CONT", "web:b"))
        .isEqualTo(new Result(0, "web:b: signalled\n"));
    assertThat(supervisorctl("stop", "web:*").output())
        .contains("web:a: stopped\n", "web:b: stopped\n");
    assertThat(supervisorctl("start", "broken"))
        .isEqualTo(new Result(1, "broken: ERROR (no such file)\n"));
    assertThat(supervisorctl("start", "nobody").output())
        .isEqualTo("nobody: ERROR (no such process)\n");
    assertThat(shown.running().info("web:b").state()).isEqualTo(ProcessState.STOPPED);
  }

  @Test
  void aGroupIsRolled() throws Exception {
    assertThat(supervisorctl("roll", "--batch", "2", "web:*"))
        .isEqualTo(new Result(0, "web:a: restarted\nweb:b: restarted\n"));
    Result failed = supervisorctl("roll", "broken");
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.output()).contains("ERROR: rolling restart of broken ended at broken");
    assertThat(supervisorctl("roll", "nope:*").output())
        .isEqualTo("nope:*: ERROR (no such group)\n");
  }

  @Test
  void theConfigurationIsReadAnewAndAvailableProcessesAreListed() throws Exception {
    assertThat(supervisorctl("reread").output()).isEqualTo("No config updates to processes\n");
    assertThat(supervisorctl("avail").output())
        .matches(
            """
            web:a +in use +auto +999:999
            web:b +in use +manual +999:999
            broken +in use +manual +999:999
            """);
    assertThat(supervisorctl("remove", "broken").output())
        .isEqualTo("broken: removed process group\n");
    assertThat(supervisorctl("update").output()).isEqualTo("broken: added process group\n");
  }

  @Test
  void logsAreReadFollowedAndEmptied() throws Exception {
    Path log = directory.resolve("a.log");
    Files.writeString(log, "one\ntwo\n");

    assertThat(supervisorctl("tail", "web:a").output()).isEqualTo("one\ntwo\n\n");
    assertThat(supervisorctl("tail", "-4", "web:a").output()).isEqualTo("two\n\n");
    Process follower = start(List.of("tail", "-f", "web:a"), true);
    try {
      StringBuilder seen = new StringBuilder();
      readUntil(follower, seen, "two\n");
      Files.writeString(log, "one\ntwo\nthree\n");
      readUntil(follower, seen, "three\n");
      assertThat(seen).hasToString("==> Press Ctrl-C to exit <==\none\ntwo\nthree\n");
    } finally {
      follower.destroyForcibly().waitFor();
    }
    assertThat(supervisorctl("clear", "web:a").output()).isEqualTo("web:a: cleared\n");
    assertThat(log).isEmptyFile();
    assertThat(supervisorctl("maintail").output()).contains("INFO spawned: 'a'");
  }

  @Test
  void aWrongPasswordIsToldAsByHttp() throws Exception {
    Result result = run(List.of("-s", url, "-u", "root", "-p", "wrong", "status"));

    assertThat(result.output()).startsWith("Server requires authentication\n");
  }

  @Test
  void nobodyListeningIsToldAsByHttp() throws Exception {
    String nowhere =
        "service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi".formatted(FreePort.onLoopback());

    Result result = run(List.of("-s", nowhere, "status"));

    assertThat(result).isEqualTo(new Result(4, nowhere + " refused connection\n"));
  }

  @Test
  void theShortFormAndALocalAttachReachTheSameSupervisord() throws Exception {
    String pid = ProcessHandle.current().pid() + "\n";
    String shortForm = "jmx:" + url.replaceAll(".*//(.*)/jmxrmi", "$1");

    assertThat(run(List.of("-s", shortForm, "-u", "root", "-p", "boss", "pid")).output())
        .isEqualTo(pid);
    assertThat(run(List.of("-s", "jmx:" + pid.strip(), "pid")).output()).isEqualTo(pid);
  }

  private Result supervisorctl(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-s", url, "-u", "root", "-p", "boss"));
    all.addAll(List.of(arguments));
    return run(all);
  }

  private Result run(List<String> arguments) throws IOException, InterruptedException {
    Process process = start(arguments, false);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, SECONDS)).isTrue();
    return new Result(process.exitValue(), output);
  }

  private Process start(List<String> arguments, boolean connected) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "ee.supervisor.ctl.Supervisorctl",
                "-c",
                Files.writeString(directory.resolve("ctl.conf"), "[supervisorctl]\n").toString()));
    if (connected) {
      command.addAll(List.of("-s", url, "-u", "root", "-p", "boss"));
    }
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .start();
  }

  private static void readUntil(Process process, StringBuilder seen, String wanted) {
    await()
        .atMost(30, SECONDS)
        .until(
            () -> {
              byte[] bytes = new byte[process.getInputStream().available()];
              int got = process.getInputStream().read(bytes);
              seen.append(new String(bytes, 0, Math.max(0, got), UTF_8));
              return seen.toString().endsWith(wanted);
            });
  }
}

package ee.supervisor.ctl;

import static ee.supervisor.testing.Requirement.BASH;
import static ee.supervisor.testing.Requirement.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptsTest {
  private static final Path SCRIPTS = Path.of("src/main/scripts").toAbsolutePath();
  private static final String DAEMON =
      """
      for s in HUP USR1 USR2; do trap "echo got $s >> seen" $s; done
      trap 'echo got TERM >> seen; exit 6' TERM
      trap 'echo got INT >> seen; exit 4' INT
      trap 'echo got QUIT >> seen; exit 5' QUIT
      echo $$ > pid
      while :; do sleep 0.1; done
      """;

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endWhatWasStarted() {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start(String... command) throws IOException {
    // whoever runs the tests in the background has them ignore Ctrl-C, and a shell cannot undo that
    List<String> all = new ArrayList<>(List.of("env", "--default-signal=INT,QUIT", "sh"));
    all.addAll(List.of(command));
    Process process =
        new ProcessBuilder(all).directory(directory.toFile()).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private Process pidproxy(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(SCRIPTS.resolve("bin/pidproxy").toString()));
    all.addAll(List.of(arguments));
    return start(all.toArray(String[]::new));
  }

  private static String output(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid).start().waitFor())
        .isZero();
  }

  @Test
  void pidproxyHandsOnTheCommandsExitCodeAndItsInput() throws Exception {
    assertThat(exitCode(pidproxy("pid", "sh", "-c", "exit 7"))).isEqualTo(7);
    Process cat = pidproxy("pid", "cat");
    cat.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
    assertThat(output(cat)).isEqualTo("hello\n");
    assertThat(exitCode(pidproxy("pid", "./nosuchprogram"))).isEqualTo(127);
  }

  @Test
  void pidproxyTellsItsUsageIfThereIsNoCommand() throws Exception {
    Process process = pidproxy("pid");
    assertThat(output(process))
        .startsWith("pidproxy -- ")
        .contains("\n\nUsage: ", "<pidfile name> <command> [<cmdarg1> ...]\n");
    assertThat(exitCode(process)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"TERM,6", "INT,4", "QUIT,5"})
  void pidproxyHandsSignalsOnToTheProcessOfThePidfile(String last, int code) throws Exception {
    Files.writeString(directory.resolve("daemon.sh"), DAEMON);
    Process process = pidproxy("pid", "sh", "daemon.sh");
    await().until(() -> Files.exists(directory.resolve("pid")));
    Path seen = directory.resolve("seen");
    StringBuilder expected = new StringBuilder();
    for (String name : List.of("HUP", "USR1", "USR2", last)) {
      signal(process, name);
      expected.append("got ").append(name).append('\n');
      await().until(() -> Files.exists(seen) && Files.readString(seen).contentEquals(expected));
    }
    assertThat(exitCode(process)).isEqualTo(code);
  }

  @Test
  void pidproxySaysThatItCannotReadThePidfileAndGoesOn() throws Exception {
    Process process = pidproxy("pid", "sh", "-c", "echo up; read line; exit 3");
    assertThat(process.getInputStream().readNBytes(3)).isEqualTo(new byte[] {'u', 'p', '\n'});
    signal(process, "TERM");
    byte[] told = "Can't read child pidfile pid!\n".getBytes(StandardCharsets.UTF_8);
    assertThat(process.getInputStream().readNBytes(told.length)).isEqualTo(told);
    process.getOutputStream().close();
    assertThat(exitCode(process)).isEqualTo(3);
  }

  @Test
  void pidproxyDoesNotOutliveTheProcessOfThePidfileForLong() throws Exception {
    Process real = start("-c", "exec sleep 100");
    Files.writeString(directory.resolve("pid"), real.pid() + "\n");
    Process process = pidproxy("pid", "sh", "-c", "echo up; exec sleep 100");
    assertThat(process.getInputStream().readNBytes(3)).isEqualTo(new byte[] {'u', 'p', '\n'});
    List<ProcessHandle> left = process.descendants().toList();
    signal(process, "TERM");
    assertThat(exitCode(process)).isZero();
    assertThat(exitCode(real)).isEqualTo(128 + 15);
    left.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  @Requires(REFERENCE)
  void theSampleConfigurationIsReadByTheReference() throws Exception {
    Path conf = directory.resolve("supervisord.conf");
    Process echo = start(SCRIPTS.resolve("bin/echo_supervisord_conf").toString());
    Files.writeString(conf, output(echo));
    Process reference =
        start(
            "-c",
            "/usr/bin/python3 -c 'from supervisor.options import ServerOptions as O;"
                + " O().realize([\"-c\", \"supervisord.conf\"], \"\", \"supervisord\")'");
    assertThat(output(reference)).isEmpty();
    assertThat(exitCode(reference)).isZero();
  }

  @Test
  @Requires(REFERENCE)
  void theSampleConfigurationNamesEveryOptionOfTheReferencesSample() throws Exception {
    String sample = output(start(SCRIPTS.resolve("bin/echo_supervisord_conf").toString()));
    Path theirs = Path.of("/usr/lib/python3/dist-packages/supervisor/skel/sample.conf");
    List<String> options =
        Files.readAllLines(theirs).stream()
            .filter(line -> line.matches(";?[a-z_.]+ ?=.*"))
            .map(line -> line.replaceFirst("^;", "").replaceFirst(" ?=.*", ""))
            .toList();
    assertThat(options).hasSizeGreaterThan(60);
    assertThat(sample).contains(options);
  }

  @Test
  @Requires(BASH)
  void bashCompletesActionsAndOptions() throws Exception {
    String script = SCRIPTS.resolve("share/bash-completion/completions/supervisorctl").toString();
    String complete =
        "bash -c 'source "
            + script
            + "; COMP_WORDS=(supervisorctl -c x %s); COMP_CWORD=3; _supervisorctl;"
            + " echo ${COMPREPLY[*]}'";
    assertThat(output(start("-c", complete.formatted("sta")))).isEqualTo("start status\n");
    assertThat(output(start("-c", complete.formatted("--use")))).isEqualTo("--username\n");
  }
}

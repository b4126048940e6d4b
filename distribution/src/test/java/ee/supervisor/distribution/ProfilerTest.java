package ee.supervisor.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's own tools on a supervisord that runs: they work, and it takes no notice. */
class ProfilerTest {
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin/jcmd");

  @TempDir private Path directory;
  private Tree tree;
  private long pid;

  @BeforeEach
  void startSupervisord() throws Exception {
    tree = new Tree(directory);
    tree.configure(
        """
        [program:environment]
        command = /bin/sh -c 'cat /proc/self/environ > %(here)s/environment; exec sleep 600'
        """);
    tree.startAndAwait();
    pid = tree.pid();
  }

  @AfterEach
  void endWhatStillRuns() throws IOException {
    tree.close();
  }

  private String jcmd(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of(JCMD.toString(), Long.toString(pid)), Stream.of(command))
                    .toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(Tree.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  /** Started before Payara boots, so that its thousands of classes are loaded under a profiler. */
  @Test
  void aRecordingHasSamplesOfWhatRunsAndReopensNoLog() throws Exception {
    Path recording = directory.resolve("recording.jfr");
    jcmd("JFR.start", "name=test", "settings=profile");

    tree.awaitPage();
    await()
        .atMost(Tree.PATIENCE)
        .until(
            () -> {
              jcmd("JFR.dump", "name=test", "filename=" + recording);
              return samples(recording) > 0;
            });

    assertThat(tree.text("supervisord.log")).doesNotContain("SIGUSR2", "logreopen");
    assertThat(tree.call("supervisor.getState")).contains("RUNNING");
  }

  private static long samples(Path recording) throws IOException {
    return RecordingFile.readAllEvents(recording).stream()
        .filter(event -> event.getEventType().getName().equals("jdk.ExecutionSample"))
        .count();
  }

  @Test
  void threadsAndHeapAreShownToWhoAttaches() throws Exception {
    Path dump = directory.resolve("heap.hprof");

    assertThat(jcmd("Thread.print")).contains("supervisor-control", "supervisor-output");
    jcmd("GC.heap_dump", dump.toString());

    assertThat(Files.size(dump)).isPositive();
    // a wish to attach comes as SIGQUIT, which otherwise means to end
    assertThat(tree.text("supervisord.log")).doesNotContain("SIGQUIT");
    assertThat(tree.call("supervisor.getState")).contains("RUNNING");
  }

  @Test
  void whatTheJvmIsToldByItsEnvironmentDoesNotReachPrograms() throws Exception {
    await().atMost(Tree.PATIENCE).until(() -> !tree.text("environment").isEmpty());

    assertThat(List.of(tree.text("environment").split("\0")))
        .noneMatch(variable -> variable.matches("_JAVA_SR_SIGNUM=.*|MALLOC_ARENA_MAX=.*"));
  }
}

package ee.supervisor.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/supervisord} under the limits on open files that shells and service managers give. */
class OpenFilesTest {
  private static final String WORKERS =
      """
      [program:worker]
      command = /bin/sleep 600
      numprocs = %d
      process_name = %%(program_name)s_%%(process_num)d
      startsecs = 0
      startretries = 0
      [program:limits]
      command = /bin/sh -c 'ulimit -Sn; ulimit -Hn; exec sleep 600'
      stdout_logfile = %%(here)s/limits
      priority = 1
      """;

  @TempDir private Path directory;
  private Tree tree;

  @BeforeEach
  void make() throws IOException {
    tree = new Tree(directory);
  }

  @AfterEach
  void endWhatStillRuns() throws IOException {
    tree.close();
  }

  @Test
  void twoHundredProgramsRunAtASoftLimitOf1024WhichTheyKeep() throws Exception {
    tree.configure(WORKERS.formatted(200));
    tree.awaited(tree.startAfter("ulimit -Sn 1024", "-n", "-c", "supervisord.conf"));

    await().atMost(Tree.PATIENCE).until(() -> running() == 201);
    assertThat(tree.text("limits").lines().findFirst()).hasValue("1024");
  }

  @Test
  void whatMinfdsMakesOfTheLimitIsTheChildrens() throws Exception {
    tree.configure(WORKERS.formatted(1));
    tree.awaited(tree.startAfter("ulimit -Sn 256", "-n", "-c", "supervisord.conf", "-a", "600"));

    await().atMost(Tree.PATIENCE).until(() -> tree.text("limits").lines().count() == 2);
    assertThat(tree.text("limits").lines().findFirst()).hasValue("600");
  }

  @Test
  void whenDescriptorsRunOutTheRestGoesOn() throws Exception {
    tree.configure(WORKERS.formatted(250));
    Process supervisord =
        tree.awaited(tree.startAfter("ulimit -n 1024", "-n", "-c", "supervisord.conf"));

    await()
        .atMost(Tree.PATIENCE)
        .until(() -> tree.text("supervisord.log").contains("too many open files to spawn 'worker"));
    assertThat(running()).isBetween(100L, 200L);
    assertThat(supervisord.isAlive()).isTrue();
    await()
        .atMost(Tree.PATIENCE)
        .ignoreExceptions()
        .until(
            () -> tree.call("supervisor.stopProcess", "worker:worker_0").contains("NOT_RUNNING"));
    await()
        .atMost(Tree.PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                tree.call("supervisor.startProcess", "worker:worker_249")
                    .contains("ALREADY_STARTED"));
    assertThat(
            tree.call("supervisor.tailProcessStdoutLog", "limits", "<int>0</int>", "<int>9</int>"))
        .contains("1024");
    assertThat(tree.call("supervisor.clearLog")).contains("<boolean>1</boolean>");
  }

  private long running() throws Exception {
    return Pattern.compile("<string>RUNNING</string>|>RUNNING<")
        .matcher(tree.call("supervisor.getAllProcessInfo"))
        .results()
        .count();
  }
}

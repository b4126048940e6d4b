package ee.supervisor.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** supervisorctl's roll, and its update with a plan, with the supervisord of the built tree. */
class RollTest {
  @TempDir private Path directory;
  private Tree tree;

  /** What a run of supervisorctl printed and returned. */
  private record Result(int exit, String output) {}

  @BeforeEach
  void make() throws IOException {
    tree = new Tree(directory);
  }

  @AfterEach
  void endWhatStillRuns() throws IOException {
    tree.close();
  }

  private void configure(int number, String more) throws IOException {
    tree.configure(
        """
        [supervisorctl]
        serverurl = http://127.0.0.1:%d
        [program:web]
        command = /bin/sh -c 'test ! -e broken && exec sleep 600'
        directory = %%(here)s
        process_name = w%%(process_num)d
        numprocs = %d
        autorestart = false
        startretries = 0
        %s
        """
            .formatted(tree.port(), number, more));
  }

  private Process begin(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Tree.program("supervisorctl").toString());
    command.addAll(List.of("-c", tree.file("supervisord.conf").toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private Result ctl(String... arguments) throws Exception {
    Process process = begin(arguments);
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(Tree.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), output);
  }

  private void startAndAwaitRunning() throws Exception {
    tree.startAndAwait();
    await().atMost(Tree.PATIENCE).until(() -> ctl("status").exit() == 0);
  }

  @Test
  void aGroupIsRolledAndWhatFailsEndsIt() throws Exception {
    configure(3, "");
    startAndAwaitRunning();
    String before = ctl("pid", "web:w0", "web:w1", "web:w2").output();

    assertThat(ctl("roll", "web:*", "--batch", "2"))
        .isEqualTo(new Result(0, "web:w0: restarted\nweb:w1: restarted\nweb:w2: restarted\n"));
    assertThat(ctl("pid", "web:w0", "web:w1", "web:w2").output().lines())
        .doesNotContainAnyElementsOf(before.lines().toList());

    Files.createFile(tree.file("broken"));
    assertThat(ctl("roll", "web:*"))
        .isEqualTo(
            new Result(
                1,
                """
                web:w0: ERROR (SPAWN_ERROR: web:w0: Exited too quickly (process log may have details))
                ERROR: rolling restart of web ended at web:w0 (SPAWN_ERROR: web:w0: Exited too quickly\
                 (process log may have details)),\
                 0 of 3 restarted; still old: web:w1, web:w2
                """));
    assertThat(ctl("roll", "nope:*")).isEqualTo(new Result(1, "nope:*: ERROR (no such group)\n"));
    assertThat(ctl("roll", "web")).isEqualTo(new Result(1, "web: ERROR (no such process)\n"));
  }

  @Test
  void itGoesOnWhenItsClientHasGone() throws Exception {
    configure(2, "startsecs = 2");
    startAndAwaitRunning();
    Process client = begin("roll", "web:*");
    await()
        .atMost(Tree.PATIENCE)
        .until(() -> tree.text("supervisord.log").contains("rolling restart of web begins"));
    assertThat(ctl("roll", "web:*").output()).contains("a rolling restart of web is under way");
    client.destroyForcibly();
    await()
        .atMost(Tree.PATIENCE)
        .until(() -> tree.text("supervisord.log").contains("rolling restart of web done"));
  }

  @Test
  void anUpdateIsPlannedAndTouchesOnlyWhatHasChanged() throws Exception {
    configure(2, "environment = API_TOKEN=\"old\"");
    startAndAwaitRunning();
    String before = ctl("pid", "web:w0").output();

    configure(3, "environment = API_TOKEN=\"old\"");
    assertThat(ctl("update", "--plan").output())
        .isEqualTo(
            """
            web: changed, replaced as a whole
              web:w0, web:w1: unchanged, to be restarted
              web:w2: added, to be started
            1 to start, 0 to stop, 2 to restart; nothing has been done
            """);
    assertThat(ctl("update", "--plan", "--only-changed").output())
        .contains("web:w0, web:w1: unchanged, stays as it is");
    assertThat(ctl("update", "--only-changed"))
        .isEqualTo(new Result(0, "web:w2: added\nweb: updated process group\n"));
    assertThat(ctl("pid", "web:w0").output()).isEqualTo(before);

    configure(3, "environment = API_TOKEN=\"new\"\nrolling_update = true");
    assertThat(ctl("update", "--plan").output())
        .isEqualTo(
            """
            web: changed, process by process
              web:w0, web:w1, web:w2: changed, to be restarted in its turn
                environment API_TOKEN: *** -> ***
            0 to start, 0 to stop, 3 to restart; nothing has been done
            """);
    await().atMost(Tree.PATIENCE).until(() -> ctl("status").exit() == 0);
    assertThat(ctl("update").output())
        .isEqualTo(
            """
            web:w0: restarted
            web:w1: restarted
            web:w2: restarted
            web: updated process group
            """);
    assertThat(ctl("update", "--plan").output()).isEqualTo("No config updates to processes\n");
    assertThat(ctl("update", "--plan", "nope"))
        .isEqualTo(new Result(1, "ERROR: no such group: nope\n"));
  }
}

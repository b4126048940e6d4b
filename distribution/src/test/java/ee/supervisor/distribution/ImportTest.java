package ee.supervisor.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code supervisord --import} prints is a configuration, and runs. */
class ImportTest {
  @TempDir private Path directory;
  private Tree tree;

  @BeforeEach
  void layOut() throws Exception {
    tree = new Tree(directory);
  }

  @AfterEach
  void stop() throws Exception {
    tree.close();
  }

  /** Imports a file and runs it until the file {@code done} has this text. */
  private void runs(String name, String text, String done) throws Exception {
    Files.writeString(tree.file(name), text);
    assertThat(tree.run("--import", name)).as(tree.console(0)).isZero();
    Files.copy(tree.file("console"), tree.file("supervisord.conf"));
    assertThat(tree.run("--check", "-c", "supervisord.conf")).as(tree.console(1)).isZero();
    Process supervisord = tree.start("-n", "-c", "supervisord.conf");
    await()
        .atMost(Tree.PATIENCE)
        .failFast("supervisord has ended", () -> !supervisord.isAlive())
        .untilAsserted(() -> assertThat(tree.text("done")).isEqualTo(done));
    supervisord.destroy();
    assertThat(Tree.exitCode(supervisord)).isZero();
  }

  @Test
  void aProcfileRuns() throws Exception {
    runs(
        "Procfile",
        "web: sh -c 'echo \"$PORT ; # 5%\" > done; exec sleep 1000'\n",
        "5000 ; # 5%\n");
  }

  @Test
  void aServiceRuns() throws Exception {
    runs(
        "web.service",
        """
        [Unit]
        Description=Writes a file ; and waits
        [Service]
        Environment="WORD=two words" UNUSED=5%%
        WorkingDirectory=%s
        ExecStartPre=/bin/sh -c 'echo $$0 before > done' hook
        ExecStart=/bin/sh -c 'echo "$$1 ; # 5%%%%" >> done; exec sleep 1000' sh ${WORD}
        Restart=always
        """
            .formatted(directory),
        "hook before\ntwo words ; # 5%\n");
  }

  @Test
  void anAppOfPm2Runs() throws Exception {
    Files.writeString(tree.file("app.sh"), "echo \"$1 $A\" > done\nexec sleep 1000\n");
    runs(
        "ecosystem.config.json",
        """
        {"apps": [{"name": "my app", "script": "app.sh", "interpreter": "sh",
          "args": ["a ; b 5%"], "env": {"A": "x'y"}, "min_uptime": 1000, "watch": true}]}
        """,
        "a ; b 5% x'y\n");
  }

  @Test
  void aProgramOfNodeIsRefused() throws Exception {
    Files.writeString(tree.file("ecosystem.config.js"), "module.exports = {}\n");
    assertThat(tree.run("--import", "ecosystem.config.js")).isEqualTo(2);
    assertThat(tree.console(0)).contains("ecosystem.config.js: ").contains("node -p");
  }
}

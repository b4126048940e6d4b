package ee.supervisor.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree with an engine that cannot go on. */
class BrokenEngineTest {
  private static final int EX_SOFTWARE = 70;

  @TempDir private Path directory;
  private Tree tree;

  @AfterEach
  void endWhatStillRuns() throws IOException {
    tree.close();
  }

  @Test
  void stopsItsProgramsAndEndsWithACodeThatAServiceManagerSees() throws Exception {
    tree = new Tree(directory);
    tree.configure(
        """
        [program:sleeper]
        command = /bin/sh -c 'echo $$ > %(here)s/sleeper.pid; exec sleep 600'
        [rpcinterface:saboteur]
        supervisor.rpcinterface_factory = ee.supervisor.distribution.Saboteur
        file = DIRECTORY/break
        """
            .replace("DIRECTORY", directory.toString()));
    Path plugins = Path.of("target/test-classes").toAbsolutePath();
    Process supervisord =
        tree.startByAndAwait(
            List.of("env", "SUPERVISORD_JAVA_OPTS=-Dsupervisor.plugins=" + plugins));
    await().atMost(Tree.PATIENCE).until(() -> tree.text("sleeper.pid").endsWith("\n"));
    long sleeper = Long.parseLong(tree.text("sleeper.pid").strip());

    Files.createFile(tree.file("break"));

    assertThat(Tree.exitCode(supervisord)).isEqualTo(EX_SOFTWARE);
    assertThat(ProcessHandle.of(sleeper)).isEmpty();
    assertThat(tree.file("supervisord.pid")).doesNotExist();
    assertThat(tree.text("supervisord.log")).contains("CRIT");
  }
}

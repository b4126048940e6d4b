package ee.supervisor.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadsAllowedTest {
  @TempDir private Path root;

  private void limit(String group, String most, int current) throws IOException {
    Path directory = Files.createDirectories(root.resolve(group));
    Files.writeString(directory.resolve("pids.max"), most + "\n");
    Files.writeString(directory.resolve("pids.current"), current + "\n");
  }

  @Test
  void aGroupThatAllowsTooFewIsNamedWithWhatIsInUse() throws Exception {
    limit("a/b", "48", 28);

    assertThat(ThreadsAllowed.shortage(List.of("0::/a/b"), root))
        .hasValue(
            "Payara needs 45 threads for the pages, REST and metrics, and "
                + root
                + "/a/b/pids.max allows 48, 28 of them in use");
  }

  @Test
  void whatTheGroupsAboveAllowCountsToo() throws Exception {
    limit("a", "60", 30);
    limit("a/b", "max", 28);

    assertThat(ThreadsAllowed.shortage(List.of("0::/a/b"), root))
        .hasValueSatisfying(why -> assertThat(why).contains("/a/pids.max allows 60"));
  }

  @Test
  void inAContainerTheGroupIsMountedAsTheTop() throws Exception {
    limit("pids", "48", 28);

    assertThat(
            ThreadsAllowed.shortage(
                List.of("4:memory:/docker/x", "3:pids:/docker/x", "0::/docker/x"), root))
        .isPresent();
  }

  @Test
  void enoughIsEnough() throws Exception {
    limit("a", Integer.toString(28 + ThreadsAllowed.NEEDED), 28);
    limit("b", "max", 3000);

    assertThat(ThreadsAllowed.shortage(List.of("0::/a"), root)).isEmpty();
    assertThat(ThreadsAllowed.shortage(List.of("0::/b"), root)).isEmpty();
    assertThat(ThreadsAllowed.shortage(List.of("0::/nowhere"), root)).isEmpty();
  }
}

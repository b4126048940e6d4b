package ee.supervisor.launcher.payara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceDirectoryTest {
  private static final int PID = 4711;

  @TempDir private Path parent;

  @Test
  void itIsItsOwnersAloneAndGoesWithAllThatIsInIt() throws Exception {
    InstanceDirectory directory = InstanceDirectory.create(List.of(parent), PID, pid -> true);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.root())))
        .isEqualTo("rwx------");

    Files.createDirectories(directory.root().resolve("generated/ejb"));
    directory.delete();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void aParentThatCannotBeUsedIsPassedOver() throws Exception {
    Path missing = parent.resolve("missing");
    InstanceDirectory directory =
        InstanceDirectory.create(List.of(missing, parent), PID, pid -> true);
    assertThat(directory.root()).hasParent(parent);
  }

  @Test
  void withoutAnyParentTheErrorNamesThem() {
    Path missing = parent.resolve("missing");
    assertThatThrownBy(() -> InstanceDirectory.create(List.of(missing), PID, pid -> true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void whatADeadProcessLeftIsRemovedAndWhatALiveOneHasIsNot() throws Exception {
    Path dead = Files.createDirectories(parent.resolve("supervisord-payara-1/config")).getParent();
    Path alive = Files.createDirectories(parent.resolve("supervisord-payara-2"));

    InstanceDirectory.create(List.of(parent), PID, pid -> pid == 2);

    assertThat(dead).doesNotExist();
    assertThat(alive).exists();
  }

  @Test
  void namesBetweenAtSignsAreFilledIn() throws Exception {
    InstanceDirectory directory = InstanceDirectory.create(List.of(parent), PID, pid -> true);
    directory.fill(
        "domain.xml",
        Map.of("door.address", "192.0.2.7", "door.port", "9001", "relay.port", "9002"));
    assertThat(directory.root().resolve("config/domain.xml"))
        .content()
        .contains("address=\"192.0.2.7\" port=\"9001\"", "address=\"127.0.0.1\" port=\"9002\"")
        .doesNotContain("@door", "@relay");
  }
}

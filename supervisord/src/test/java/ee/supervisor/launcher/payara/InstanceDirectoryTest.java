package ee.supervisor.launcher.payara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceDirectoryTest {
  @TempDir private Path parent;

  private InstanceDirectory create() throws IOException {
    return InstanceDirectory.create(List.of(parent));
  }

  @Test
  void itIsItsOwnersAloneAndGoesWithAllThatIsInIt() throws Exception {
    InstanceDirectory directory = create();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.root())))
        .isEqualTo("rwx------");

    Files.createDirectories(directory.root().resolve("generated/ejb"));
    directory.delete();
    directory.leave();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void aParentThatCannotBeUsedIsPassedOver() throws Exception {
    Path missing = parent.resolve("missing");
    InstanceDirectory directory = InstanceDirectory.create(List.of(missing, parent));
    assertThat(directory.root()).hasParent(parent);
  }

  /** /proc lets nobody make one, root included. */
  @Test
  void withoutAnyParentTheErrorNamesThemWithTheReasons() {
    Path missing = parent.resolve("missing");
    assertThatThrownBy(() -> InstanceDirectory.create(List.of(missing, Path.of("/proc"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing + " (NoSuchFileException")
        .hasMessageContaining("/proc (");
  }

  @Test
  void whatADeadRunLeftIsRemovedAndWhatALiveOneHasIsNot() throws Exception {
    Path dead = Files.createDirectories(parent.resolve("supervisord-payara.1"));
    Files.createFile(dead.resolve("lock"));
    Files.createDirectories(dead.resolve("config"));
    InstanceDirectory alive = create();

    create();

    assertThat(dead).doesNotExist();
    assertThat(alive.root().resolve("config")).exists();
  }

  @Test
  void whatIsBeingMadeHasNoLockYetAndWhatHasNoneForHoursWasLeft() throws Exception {
    Path young = Files.createDirectories(parent.resolve("supervisord-payara.1"));
    Path old = Files.createDirectories(parent.resolve("supervisord-payara.2"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

    create();

    assertThat(young).exists();
    assertThat(old).doesNotExist();
  }

  @Test
  void linksOfDeadRunsGoAndNotWhatTheyLeadTo() throws Exception {
    Path victim = Files.createDirectories(parent.resolve("victim"));
    Path file = Files.createFile(victim.resolve("file"));
    Path dead = Files.createDirectories(parent.resolve("supervisord-payara.1"));
    Files.createFile(dead.resolve("lock"));
    Files.createSymbolicLink(dead.resolve("generated"), victim);
    Path link = Files.createSymbolicLink(parent.resolve("supervisord-payara.2"), victim);

    create();

    assertThat(file).exists();
    assertThat(dead).doesNotExist();
    assertThat(Files.isSymbolicLink(link)).isTrue();
  }

  @Test
  void whatIsNamedLikeOneAndIsNoneIsNoMatter() throws Exception {
    for (String name : List.of("99999999999", "x", "", "\u00fc")) {
      Files.createDirectories(parent.resolve("supervisord-payara." + name));
    }
    Files.createFile(parent.resolve("supervisord-payara.file"));

    assertThat(create().root()).exists();
  }

  /** As Payara does when supervisord is ended amid its boot. */
  @Test
  void itStaysAwayThoughSomebodyKeepsMakingFilesInIt() throws Exception {
    for (int i = 0; i < 20; i++) {
      InstanceDirectory directory = create();
      AtomicBoolean done = new AtomicBoolean();
      Thread payara = new Thread(() -> writeOn(directory.root(), done));
      payara.start();
      try {
        while (!Files.exists(directory.root().resolve("generated"))) {
          Thread.onSpinWait();
        }
        directory.delete();
        assertThat(parent.toFile().list())
            .containsExactly(directory.root().getFileName().toString());
        assertThat(directory.root()).isRegularFile();
      } finally {
        done.set(true);
        payara.join();
        directory.leave();
      }
    }
  }

  private static void writeOn(Path root, AtomicBoolean done) {
    for (int n = 0; !done.get(); n++) {
      try {
        Path directory = Files.createDirectories(root.resolve("generated"));
        Files.createFile(directory.resolve(Integer.toString(n)));
      } catch (IOException e) {
        // not any more
      }
    }
  }

  @Test
  void payaraHasOneListenerOnLoopbackThatIsClosedAtFirst() throws Exception {
    InstanceDirectory directory = create();
    directory.fill("domain.xml");
    assertThat(directory.root().resolve("config/domain.xml"))
        .content()
        .containsOnlyOnce("<network-listener name")
        .containsPattern("<network-listener [^>]*address=\"127.0.0.1\"[^>]*enabled=\"false\"");
  }
}

package ee.supervisor.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.config.LogDestination;
import ee.supervisor.config.LogLevel;
import ee.supervisor.output.ActivityLog;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PidfileTest {
  private static final String OURS = ProcessHandle.current().pid() + "\n";
  private static final Path CONFIGURATION = Path.of("/etc/supervisord.conf");

  @TempDir private Path directory;
  private Path path;
  private ActivityLog log;

  @BeforeEach
  void openLog() throws Exception {
    path = directory.resolve("supervisord.pid");
    log =
        ActivityLog.open(
            new ActivityLog.Settings(LogLevel.INFO, new LogDestination.None(), 0, 0, false));
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  private Pidfile written(Path file) throws Exception {
    Pidfile pidfile = Pidfile.claim(file, CONFIGURATION);
    pidfile.write(log);
    return pidfile;
  }

  @Test
  void itHoldsThePidUntilItIsRemoved() throws Exception {
    Pidfile pidfile = written(path);
    assertThat(path).hasContent(OURS);
    pidfile.remove();
    assertThat(path).doesNotExist();
  }

  @Test
  void theSecondOnOneConfigurationIsToldAndTouchesNothing() throws Exception {
    Pidfile first = written(path);
    assertThatThrownBy(() -> Pidfile.claim(path, CONFIGURATION))
        .isInstanceOf(Pidfile.ClaimedException.class)
        .hasMessageContaining(path.toString());
    assertThat(path).hasContent(OURS);
    first.remove();
    written(path).remove();
  }

  /** Those that name no pid file have the same one, where they are started in one directory. */
  @Test
  void anotherConfigurationMayNameTheSameFile() throws Exception {
    Pidfile first = written(path);
    Pidfile.claim(path, Path.of("/etc/other.conf")).remove();
    first.remove();
    assertThat(path).doesNotExist();
  }

  @Test
  void whatWasClaimedAndNeverWrittenIsRemoved() throws Exception {
    Pidfile.claim(path, CONFIGURATION).remove();
    assertThat(path).doesNotExist();
  }

  @Test
  void whatAnotherHasWrittenSinceStays() throws Exception {
    Pidfile pidfile = written(path);
    Files.writeString(path, "1\n");
    pidfile.remove();
    assertThat(path).hasContent("1\n");
  }

  @Test
  void aDeviceIsNeverRemoved() throws Exception {
    Path device = Path.of("/dev/null");
    written(device).remove();
    assertThat(Files.readAttributes(device, "isOther").get("isOther")).isEqualTo(true);
  }

  @Test
  @Timeout(60)
  void aFifoThatNobodyReadsHoldsNothingUp() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    written(path).remove();
    assertThat(path).exists();
  }

  @Test
  void aLinkGoesAsUnderTheReferenceAndWhatItLeadsToStays() throws Exception {
    Path target = Files.writeString(directory.resolve("target"), "");
    Files.createSymbolicLink(path, target);
    written(path).remove();
    assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(target).exists();
  }

  @Test
  void aLinkToADeviceStays() throws Exception {
    Files.createSymbolicLink(path, Path.of("/dev/null"));
    written(path).remove();
    assertThat(Files.isSymbolicLink(path)).isTrue();
  }
}

package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorPathTest {
  @ParameterizedTest
  @CsvSource({
    "/dev/stdout,1",
    "/dev/stderr,2",
    "/dev/fd/7,7",
    "/proc/self/fd/0,0",
    "/proc/thread-self/fd/12,12",
    "/dev/../dev/stdout,1"
  })
  void aDescriptorOfOursIsKnownByEachOfItsNames(String path, int number) {
    assertThat(DescriptorPath.numberOf(Path.of(path))).hasValue(number);
    assertThat(DescriptorPath.isFixed(Path.of(path))).isTrue();
  }

  @Test
  void itIsKnownByOurProcessIdAndThroughLinks(@TempDir Path directory) throws Exception {
    Path named = Path.of("/proc/" + CurrentProcess.pid() + "/fd/999");
    Path first = Files.createSymbolicLink(directory.resolve("first"), named);
    Path second = Files.createSymbolicLink(directory.resolve("second"), first.getFileName());

    assertThat(DescriptorPath.numberOf(named)).hasValue(999);
    assertThat(DescriptorPath.numberOf(second)).hasValue(999);
  }

  @Test
  void anotherProcessesDescriptorIsFixedButNotOurs() {
    assertThat(DescriptorPath.numberOf(Path.of("/proc/1/fd/1"))).isEmpty();
    assertThat(DescriptorPath.isFixed(Path.of("/proc/1/fd/1"))).isTrue();
  }

  @Test
  void aFileIsAFileAndLinksInACircleEnd(@TempDir Path directory) throws Exception {
    Path a = directory.resolve("a");
    Path b = Files.createSymbolicLink(directory.resolve("b"), a);
    Files.createSymbolicLink(a, b);

    assertThat(DescriptorPath.isFixed(a)).isFalse();
    assertThat(DescriptorPath.isFixed(directory.resolve("file.log"))).isFalse();
    assertThat(DescriptorPath.isFixed(Path.of("/dev/shm/file.log"))).isFalse();
  }
}

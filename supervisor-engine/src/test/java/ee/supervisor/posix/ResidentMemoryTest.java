package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {
  private static final int SIZE = 8 << 20;

  @TempDir private Path directory;

  private MappedByteBuffer map(MapMode mode) throws Exception {
    Path file = directory.resolve(mode.toString());
    byte[] content = new byte[SIZE];
    Arrays.fill(content, (byte) 1);
    Files.write(file, content);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(mode, 0, SIZE).load();
    }
  }

  private static long residentKilobytes(String file) throws Exception {
    boolean inside = false;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        inside = line.endsWith(file);
      } else if (inside && line.startsWith("Rss:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new AssertionError(file + " is not mapped");
  }

  @Test
  void pagesOfAFileThatWereReadAreGivenBackAndComeAgain() throws Exception {
    MappedByteBuffer read = map(MapMode.READ_ONLY);
    assertThat(residentKilobytes("READ_ONLY")).isEqualTo(SIZE >> 10);

    ResidentMemory.trim();

    assertThat(residentKilobytes("READ_ONLY")).isLessThan(SIZE >> 10);
    assertThat(read.get(SIZE / 2)).isEqualTo((byte) 1);
  }

  @Test
  void whatWasWrittenToAPrivateMappingStays() throws Exception {
    MappedByteBuffer written = map(MapMode.PRIVATE);
    written.put(SIZE / 2, (byte) 2);

    ResidentMemory.trim();

    assertThat(written.get(SIZE / 2)).isEqualTo((byte) 2);
  }
}

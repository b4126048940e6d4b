package ee.supervisor.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ee.supervisor.output.LogException.Reason;
import ee.supervisor.text.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expectations are what Supervisor's readFile and tailFile answer for the same file. */
class LogReaderTest {
  @TempDir Path directory;
  private Path log;

  @BeforeEach
  void writeLog() throws Exception {
    log = Files.writeString(directory.resolve("x.log"), "0123456789");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0123456789",
    "4, 0, 456789",
    "4, 3, 456",
    "8, 100, 89",
    "10, 0, ''",
    "100, 5, ''",
    "-3, 0, 789",
    "-100, 0, 0123456789",
    "-9223372036854775808, 0, 0123456789",
    "0, 9223372036854775807, 0123456789",
  })
  void readGivesTheBytesAsked(long offset, long length, String expected) throws Exception {
    assertThat(LogReader.read(log, offset, length)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({"-5, 3", "0, -1", "-1, -1"})
  void readRefusesArgumentsThatMakeNoSense(long offset, long length) {
    assertReason(log, offset, length, Reason.BAD_ARGUMENTS);
  }

  @Test
  void theNullDeviceReadsAsEmpty() throws LogException {
    assertThat(LogReader.read(Path.of("/dev/null"), 0, 0).length()).isZero();
    assertThat(LogReader.tail(Path.of("/dev/null"), 5, 5).offset()).isZero();
  }

  @Test
  void readTellsAFileThatIsMissingFromOneThatCannotBeRead() {
    assertReason(directory.resolve("none.log"), 0, 0, Reason.NO_FILE);
    assertReason(directory, 0, 0, Reason.FAILED);
  }

  private static void assertReason(Path file, long offset, long length, Reason reason) {
    assertThatExceptionOfType(LogException.class)
        .isThrownBy(() -> LogReader.read(file, offset, length))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void readGivesBytesThatAreNoTextUnchanged() throws Exception {
    byte[] data = {0, (byte) 0xff, '\n', (byte) 0xc3};
    Files.write(log, data);

    assertThat(LogReader.read(log, 0, 0)).isEqualTo(Bytes.copyOf(data));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, 0123456789, 10, false",
    "0, 4, 6789, 10, true",
    "0, 100, 0123456789, 10, false",
    "5, 5, 56789, 10, false",
    "5, 4, 6789, 10, true",
    "8, 5, 56789, 10, false",
    "10, 5, '', 10, false",
    "50, 5, '', 10, false",
    "-5, 5, 56789, 10, true",
    "0, 0, '', 10, true",
    "0, -5, '', 10, true",
  })
  void tailMovesToTheEndAndTellsOverflow(
      long offset, long length, String data, long end, boolean overflow) {
    assertThat(LogReader.tail(log, offset, length))
        .isEqualTo(new LogReader.Tail(Bytes.utf8(data), end, overflow));
  }

  @Test
  void tailOfNothingIsEmpty() {
    assertThat(LogReader.tail(directory.resolve("none.log"), 5, 10))
        .isEqualTo(new LogReader.Tail(Bytes.utf8(""), 0, false));
    assertThat(LogReader.tail(directory, 5, 10))
        .isEqualTo(new LogReader.Tail(Bytes.utf8(""), 5, false));
  }
}

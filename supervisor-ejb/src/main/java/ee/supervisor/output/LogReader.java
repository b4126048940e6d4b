package ee.supervisor.output;

import ee.supervisor.output.LogException.Reason;
import ee.supervisor.posix.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads pieces of log files with the offset rules of {@code supervisor.readLog} and {@code
 * supervisor.tailProcessStdoutLog}. Blocks while it reads; for threads of the doors.
 */
public final class LogReader {
  /**
   * The most bytes one answer holds: what is asked for is cut to this, so that one call cannot fill
   * the memory.
   */
  public static final int MAX_BYTES = 64 << 20;

  private LogReader() {}

  /**
   * The end of a log, as {@code tailProcessStdoutLog} answers it.
   *
   * @param data the bytes asked for, never null
   * @param offset where the log ends, in bytes: the offset for the next call
   * @param overflow whether the log has grown beyond what was asked for
   */
  public record Tail(Bytes data, long offset, boolean overflow) {}

  /**
   * Reads {@code length} bytes from {@code offset}.
   *
   * @param offset bytes from the start; a negative offset means that many bytes at the end, and
   *     then {@code length} must be 0
   * @param length number of bytes, 0 for all that follow
   * @throws LogException NO_FILE when there is no such file, BAD_ARGUMENTS, FAILED when reading
   *     fails
   */
  public static Bytes read(Path path, long offset, long length) throws LogException {
    if (!Files.exists(path)) {
      throw new LogException(Reason.NO_FILE, path.toString());
    }
    if ((offset < 0 && length != 0) || length < 0) {
      throw new LogException(Reason.BAD_ARGUMENTS, "offset " + offset + " with length " + length);
    }
    try (FileChannel file = open(path)) {
      if (offset < 0) {
        return readAt(file, Math.max(0, file.size() + offset), -Math.max(offset, -Long.MAX_VALUE));
      }
      return readAt(file, offset, length == 0 ? Long.MAX_VALUE : length);
    } catch (IOException e) {
      throw new LogException(Reason.FAILED, path.toString(), e);
    }
  }

  /**
   * Reads up to {@code length} bytes from {@code offset}; when the log ends beyond them, tells so
   * and reads the last {@code length} bytes.
   *
   * @param offset bytes from the start
   * @param length number of bytes wanted; fewer when there are fewer
   * @return what there is; empty with the offset given when the file cannot be read, and with
   *     offset 0 when there is none
   */
  public static Tail tail(Path path, long offset, long length) {
    if (!Files.exists(path)) {
      return new Tail(Bytes.utf8(""), 0, false);
    }
    try (FileChannel file = open(path)) {
      long size = file.size();
      long from = offset;
      long wanted = length;
      boolean overflow = false;
      if (size > from + wanted) {
        overflow = true;
        from = size - 1;
      }
      if (from + wanted > size) {
        wanted = from > size - 1 ? 0 : wanted;
        from = size - wanted;
      }
      Bytes data = readAt(file, Math.max(0, from), Math.max(0, wanted));
      return new Tail(data, size, overflow);
    } catch (IOException e) {
      return new Tail(Bytes.utf8(""), offset, false);
    }
  }

  private static FileChannel open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      // Opening a FIFO would wait for a writer, and reading it would take what its reader is owed.
      throw new IOException(path + " is not a regular file");
    }
    return FileChannel.open(path, StandardOpenOption.READ);
  }

  private static Bytes readAt(FileChannel file, long position, long length) throws IOException {
    long available = Math.max(0, file.size() - position);
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(MAX_BYTES, Math.min(length, available)));
    while (buffer.hasRemaining()) {
      if (file.read(buffer, position + buffer.position()) < 0) {
        break;
      }
    }
    return Bytes.from(buffer.flip());
  }
}

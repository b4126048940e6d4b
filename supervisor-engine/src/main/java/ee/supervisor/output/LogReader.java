package ee.supervisor.output;

import ee.supervisor.output.LogException.Reason;
import ee.supervisor.text.Bytes;
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
   * The most bytes one response holds: what is asked for is cut to this, so that one call cannot
   * fill the memory.
   */
  public static final int MAX_BYTES = 64 << 20;

  /** A device, but one that nothing waits for: it reads as empty. */
  private static final Path NOWHERE = Path.of("/dev/null");

  private LogReader() {}

  /**
   * A stretch of a log: where it is, not what it holds.
   *
   * @param from first byte
   * @param length number of bytes that were there when it was located
   */
  public record Piece(Path path, long from, long length) {

    /**
     * Its bytes, at most {@link #MAX_BYTES} of them.
     *
     * @throws LogException FAILED when reading fails
     */
    public Bytes read() throws LogException {
      try (FileChannel file = LogReader.open(path)) {
        return readAt(file, from, length);
      } catch (IOException e) {
        throw new LogException(Reason.FAILED, path.toString(), e);
      }
    }

    /**
     * Holds its file open from now on.
     *
     * @throws LogException FAILED when it cannot be opened
     */
    public HeldLog hold() throws LogException {
      try {
        return new HeldLog(LogReader.open(path), from, length);
      } catch (IOException e) {
        throw new LogException(Reason.FAILED, path.toString(), e);
      }
    }
  }

  /**
   * Where the end of a log is, as {@code tailProcessStdoutLog} wants it.
   *
   * @param offset where the log ends, in bytes: the offset for the next call
   * @param overflow whether the log has grown beyond what was asked for
   */
  public record TailPiece(Piece piece, long offset, boolean overflow) {}

  /**
   * The end of a log, as {@code tailProcessStdoutLog} returns it.
   *
   * @param data the bytes asked for, never null
   * @param offset where the log ends, in bytes: the offset for the next call
   * @param overflow whether the log has grown beyond what was asked for
   */
  public record Tail(Bytes data, long offset, boolean overflow) {}

  /**
   * Reads {@code length} bytes from {@code offset}, by the rules of {@link #locate}.
   *
   * @throws LogException as {@link #locate}, and FAILED when reading fails
   */
  public static Bytes read(Path path, long offset, long length) throws LogException {
    return locate(path, offset, length).read();
  }

  /**
   * Finds {@code length} bytes from {@code offset}.
   *
   * @param offset bytes from the start; a negative offset means that many bytes at the end, and
   *     then {@code length} must be 0
   * @param length number of bytes, 0 for all that follow
   * @throws LogException NO_FILE when there is no such file, BAD_ARGUMENTS, FAILED when it cannot
   *     be read
   */
  public static Piece locate(Path path, long offset, long length) throws LogException {
    if (!Files.exists(path)) {
      throw new LogException(Reason.NO_FILE, path.toString());
    }
    if ((offset < 0 && length != 0) || length < 0) {
      throw new LogException(Reason.BAD_ARGUMENTS, "offset " + offset + " with length " + length);
    }
    try {
      long size = size(path);
      long from = offset < 0 ? Math.max(0, size + offset) : offset;
      long available = Math.max(0, size - from);
      return new Piece(path, from, length == 0 ? available : Math.min(length, available));
    } catch (IOException e) {
      throw new LogException(Reason.FAILED, path.toString(), e);
    }
  }

  /**
   * Reads up to {@code length} bytes from {@code offset}, by the rules of {@link #locateTail}.
   *
   * @return what there is; empty with the offset given when the file cannot be read, and with
   *     offset 0 when there is none
   */
  public static Tail tail(Path path, long offset, long length) {
    TailPiece tail = locateTail(path, offset, length);
    try {
      return new Tail(
          tail.piece().length() == 0 ? Bytes.utf8("") : tail.piece().read(),
          tail.offset(),
          tail.overflow());
    } catch (LogException e) {
      return new Tail(Bytes.utf8(""), offset, false);
    }
  }

  /**
   * Finds up to {@code length} bytes from {@code offset}; when the log ends beyond them, says so
   * and finds the last {@code length} bytes.
   *
   * @param offset bytes from the start
   * @param length number of bytes wanted; fewer when there are fewer
   * @return where they are; nowhere with the offset given when the file cannot be read, and with
   *     offset 0 when there is none
   */
  public static TailPiece locateTail(Path path, long offset, long length) {
    if (!Files.exists(path)) {
      return new TailPiece(new Piece(path, 0, 0), 0, false);
    }
    try {
      long size = size(path);
      long from = clamped(offset);
      long wanted = clamped(length);
      boolean overflow = false;
      if (size > from + wanted) {
        overflow = true;
        from = size - 1;
      }
      if (from + wanted > size) {
        wanted = from > size - 1 ? 0 : wanted;
        from = size - wanted;
      }
      from = Math.max(0, from);
      long there = Math.min(Math.max(0, wanted), Math.max(0, size - from));
      return new TailPiece(new Piece(path, from, there), size, overflow);
    } catch (IOException e) {
      return new TailPiece(new Piece(path, 0, 0), offset, false);
    }
  }

  /** Kept so far from the ends of {@code long} that a sum of two is right. */
  private static long clamped(long number) {
    return Math.max(Long.MIN_VALUE / 4, Math.min(Long.MAX_VALUE / 4, number));
  }

  private static long size(Path path) throws IOException {
    try (FileChannel file = open(path)) {
      return file.size();
    }
  }

  private static FileChannel open(Path path) throws IOException {
    if (!Files.isRegularFile(path) && !path.equals(NOWHERE)) {
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

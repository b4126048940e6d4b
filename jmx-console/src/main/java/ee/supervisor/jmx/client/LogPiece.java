package ee.supervisor.jmx.client;

import java.util.Arrays;
import javax.management.openmbean.CompositeData;

/** A piece of a log with where it lies. */
public final class LogPiece {
  private final byte[] data;
  private final long offset;
  private final long size;

  private LogPiece(byte[] data, long offset, long size) {
    this.data = data;
    this.offset = offset;
    this.size = size;
  }

  /** Reads what the operation {@code follow} returns. */
  static LogPiece of(CompositeData composite) {
    return new LogPiece(
        (byte[]) composite.get("data"),
        (Long) composite.get("offset"),
        (Long) composite.get("size"));
  }

  /** Its bytes; a copy. */
  public byte[] data() {
    return Arrays.copyOf(data, data.length);
  }

  /** Where the next piece begins, in bytes: 0 if the log has been rotated or emptied since. */
  public long next() {
    return size < offset ? 0 : offset + data.length;
  }
}

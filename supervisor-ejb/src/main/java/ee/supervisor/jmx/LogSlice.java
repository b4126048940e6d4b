package ee.supervisor.jmx;

import java.util.Arrays;

/** A piece of a log, byte for byte, with where it lies, as composite data. */
public final class LogSlice {
  private final byte[] data;
  private final long offset;
  private final long size;

  /**
   * A piece of a log.
   *
   * @param data its bytes, not copied
   * @param offset of its first byte
   * @param size of the whole log in bytes; less than the offset asked for when the log was rotated
   */
  LogSlice(byte[] data, long offset, long size) {
    this.data = data;
    this.offset = offset;
    this.size = size;
  }

  /** The bytes; a copy. */
  public byte[] getData() {
    return Arrays.copyOf(data, data.length);
  }

  /** Where the first of them lies in the log. */
  public long getOffset() {
    return offset;
  }

  /** The size of the log in bytes. */
  public long getSize() {
    return size;
  }
}

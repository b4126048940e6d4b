package ee.supervisor.output;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A stretch of a log whose file is held open: it can be read more than once, and stays what it is
 * while the log grows, is rotated or removed. Only a log that is cut short takes it away.
 *
 * <p>One thread at a time reads; any may close.
 */
public final class HeldLog implements Closeable {
  private final FileChannel file;
  private final long from;
  private final long length;

  HeldLog(FileChannel file, long from, long length) {
    this.file = file;
    this.from = from;
    this.length = length;
  }

  /** Its bytes from the first; ends early where the log has been cut short. */
  public InputStream open() {
    return new InputStream() {
      private long position = from;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int count) throws IOException {
        int most = (int) Math.min(count, from + length - position);
        if (most <= 0) {
          return -1;
        }
        int read = file.read(ByteBuffer.wrap(target, offset, most), position);
        position += Math.max(0, read);
        return read;
      }
    };
  }

  /** Lets go of the file; idempotent. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}

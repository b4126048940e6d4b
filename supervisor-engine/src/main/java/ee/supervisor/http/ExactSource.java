package ee.supervisor.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/** Exactly as many bytes of a stream as were announced: one that has fewer is broken. */
public final class ExactSource implements ByteSource {
  private final InputStream in;
  private long left;

  /** Reads {@code in}, and closes it in the end. */
  public ExactSource(InputStream in, long length) {
    this.in = in;
    left = length;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count =
        in.read(
            target.array(),
            target.arrayOffset() + target.position(),
            (int) Math.min(target.remaining(), left));
    if (count < 0) {
      throw new EOFException(left + " bytes are missing");
    }
    target.position(target.position() + count);
    left -= count;
    return count;
  }

  @Override
  public void onReadable(Executor executor, Runnable callback) {
    executor.execute(callback);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

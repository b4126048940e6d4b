package ee.supervisor.client;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends a stream after as many bytes as the response announced. */
final class LimitedInput extends FilterInputStream {
  private int left;

  LimitedInput(InputStream in, int bytes) {
    super(in);
    this.left = bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left <= 0) {
      return -1;
    }
    int got = in.read(buffer, offset, Math.min(length, left));
    if (got < 0) {
      throw new EOFException(
          "the server closed the connection " + left + " bytes before the end of its response");
    }
    left -= got;
    return got;
  }

  @Override
  public int available() throws IOException {
    return Math.min(left, in.available());
  }
}

package ee.supervisor.client;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Takes the chunking off a response of {@code Transfer-Encoding: chunked}. */
final class ChunkedInput extends FilterInputStream {
  private int left;
  private boolean first = true;
  private boolean ended;

  ChunkedInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int got = in.read(buffer, offset, Math.min(length, left));
    if (got < 0) {
      throw new EOFException("the server closed the connection in the middle of a chunk");
    }
    left -= got;
    return got;
  }

  private void nextChunk() throws IOException {
    if (!first) {
      ServerResponse.line(in);
    }
    first = false;
    String line = ServerResponse.line(in);
    int end = line.indexOf(';') < 0 ? line.length() : line.indexOf(';');
    left = ServerResponse.number(line.substring(0, end), 16, line);
    if (left < 0) {
      throw new IOException("not an HTTP response: \"" + line + "\"");
    }
    if (left == 0) {
      ended = true;
      while (!ServerResponse.line(in).isEmpty()) {
        // a trailer, of which we know no use
      }
    }
  }
}

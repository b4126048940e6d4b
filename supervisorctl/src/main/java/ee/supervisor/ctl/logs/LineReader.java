package ee.supervisor.ctl.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts what a server sends into lines as it comes; what has no end for long is handed out in
 * pieces.
 */
public final class LineReader {
  private static final int MAX_LINE = 32 << 10;

  private final InputStream in;
  private final int maxLine;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);

  /**
   * Reads lines.
   *
   * @param in where they come from
   * @param begun what the first line begins with
   */
  LineReader(InputStream in, String begun) {
    this(in, MAX_LINE);
    line.writeBytes(begun.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads lines.
   *
   * @param in where they come from
   * @param maxLine what is longer comes in pieces
   */
  public LineReader(InputStream in, int maxLine) {
    this.in = in;
    this.maxLine = maxLine;
  }

  /**
   * Hands out each line, without its end, until the input ends or is closed.
   *
   * @param reader is called on this thread
   */
  public void forEach(Consumer<String> reader) {
    byte[] buffer = new byte[8192];
    try {
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        for (int i = 0; i < got; i++) {
          take(buffer[i], reader);
        }
      }
    } catch (IOException e) {
      // closed by us, or by the server in the middle of a chunk
    }
    if (line.size() > 0) {
      flush(reader);
    }
  }

  private void take(byte b, Consumer<String> reader) {
    if (b == '\n' || line.size() == maxLine) {
      flush(reader);
    }
    if (b != '\n') {
      line.write(b);
    }
  }

  private void flush(Consumer<String> reader) {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    reader.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }
}

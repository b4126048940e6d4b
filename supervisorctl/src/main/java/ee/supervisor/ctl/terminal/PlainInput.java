package ee.supervisor.ctl.terminal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines from a pipe, a file, or a terminal that we don't edit on. */
public final class PlainInput implements Input {
  private final InputStream in;
  private final Output out;
  private RawLines raw;

  /**
   * Reads.
   *
   * @param in standard input
   * @param out where prompts go
   */
  public PlainInput(InputStream in, Output out) {
    this.in = new BufferedInputStream(in);
    this.out = out;
  }

  @Override
  public Optional<String> readLine(String prompt) throws IOException {
    out.print(prompt);
    out.flush();
    return raw == null ? line(in) : raw.next();
  }

  @Override
  public Optional<String> readRawLine() throws IOException {
    if (raw == null) {
      raw = new RawLines(() -> line(in));
    }
    return raw.next();
  }

  @Override
  public Optional<String> readPassword(String prompt) throws IOException {
    out.flush();
    if (HiddenLine.possible()) {
      return HiddenLine.read(prompt);
    }
    System.err.print(prompt);
    System.err.flush();
    return readLine("");
  }

  /** A line without its end, or empty at the end of input. */
  static Optional<String> line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    int b = in.read();
    if (b < 0) {
      return Optional.empty();
    }
    while (b >= 0 && b != '\n') {
      line.write(b);
      b = in.read();
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8));
  }
}

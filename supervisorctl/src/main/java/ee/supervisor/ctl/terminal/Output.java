package ee.supervisor.ctl.terminal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes what the operator is to see, in UTF-8. Used by several threads where logs are followed.
 */
public final class Output {
  private final OutputStream out;
  private final Consumer<IOException> whenRefused;
  private final Consumer<IOException> whenLeft;

  /**
   * Writes to a stream.
   *
   * @param out standard output
   * @param whenRefused what to do when it cannot be written: nobody reads it any more, a disk is
   *     full
   * @param whenLeft the same for what has no end of its own, such as a log that is followed
   */
  public Output(
      OutputStream out, Consumer<IOException> whenRefused, Consumer<IOException> whenLeft) {
    this.out = new BufferedOutputStream(out);
    this.whenRefused = whenRefused;
    this.whenLeft = whenLeft;
  }

  /**
   * Writes text, which may stay in the buffer.
   *
   * @param text what to write
   */
  public synchronized void print(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      out.write(bytes);
    } catch (IOException e) {
      whenRefused.accept(e);
    }
  }

  /**
   * Writes bytes of what may have no end, and what is in the buffer.
   *
   * @param bytes holds what to write
   * @param length how many of them, from the first
   */
  public synchronized void write(byte[] bytes, int length) {
    try {
      out.write(bytes, 0, length);
      out.flush();
    } catch (IOException e) {
      whenLeft.accept(e);
    }
  }

  /** Writes what is in the buffer. */
  public synchronized void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      whenRefused.accept(e);
    }
  }
}

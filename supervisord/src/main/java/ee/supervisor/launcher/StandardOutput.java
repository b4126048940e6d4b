package ee.supervisor.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Prints what was asked for, and knows whether it arrived: System.out keeps that to itself. */
final class StandardOutput {
  private static final int UNWRITTEN = 1;

  private StandardOutput() {}

  /** Returns the exit code: 0, or 1 when a full disk or a closed pipe did not take it. */
  static int print(String text) {
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write(text.getBytes(UTF_8));
      return 0;
    } catch (IOException e) {
      System.err.println("Error: cannot write to standard output: " + e.getMessage());
      return UNWRITTEN;
    }
  }
}

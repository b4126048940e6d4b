package ee.supervisor.ctl.terminal;

import java.io.IOException;
import java.util.Optional;

/** Reads what the operator types. */
public interface Input {

  /**
   * Asks for a line.
   *
   * @param prompt what to show before it
   * @return the line without its end, or empty at the end of input
   * @throws IOException if the input fails
   * @throws LeftByInterruptException if the operator pressed Ctrl-C instead
   */
  Optional<String> readLine(String prompt) throws IOException;

  /**
   * Reads a line that is meant for someone else: without prompt, editing and history.
   *
   * @return the line without its end, or empty at the end of input
   * @throws java.io.InterruptedIOException if the operator pressed Ctrl-C instead
   * @throws IOException if the input fails
   */
  Optional<String> readRawLine() throws IOException;

  /**
   * Asks for a line that isn't shown while it is typed.
   *
   * @param prompt what to show before it
   * @return the line without its end, or empty at the end of input
   * @throws IOException if the input fails
   */
  Optional<String> readPassword(String prompt) throws IOException;
}

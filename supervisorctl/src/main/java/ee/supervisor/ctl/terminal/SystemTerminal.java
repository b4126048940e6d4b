package ee.supervisor.ctl.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Holds the one terminal of this process: the shell and what fills the screen share it. */
public final class SystemTerminal {
  private static Terminal terminal;

  private SystemTerminal() {}

  /**
   * The terminal, made when it is first asked for.
   *
   * @return never null
   * @throws UncheckedIOException if there is none
   */
  public static synchronized Terminal get() {
    if (terminal == null) {
      try {
        terminal = TerminalBuilder.builder().system(true).build();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return terminal;
  }
}

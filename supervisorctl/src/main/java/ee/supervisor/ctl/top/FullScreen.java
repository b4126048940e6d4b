package ee.supervisor.ctl.top;

import ee.supervisor.ctl.terminal.SystemTerminal;
import java.io.Closeable;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * Takes the whole terminal, and gives it back as it was: at the end, and when a signal ends us.
 *
 * <p>Only what has changed since the last picture is written.
 */
final class FullScreen implements Closeable {
  private final Terminal terminal;
  private final Attributes before;
  private final Display display;
  private final Keyboard keyboard;
  private final Terminal.SignalHandler winchBefore;
  private final Terminal.SignalHandler contBefore;
  private final Thread hook = new Thread(this::giveBack, "terminal");
  private final AtomicBoolean isTaken = new AtomicBoolean(true);
  private final AtomicBoolean isStale = new AtomicBoolean(true);
  private Size size = new Size();

  private FullScreen(Terminal terminal, Runnable changed) {
    this.terminal = terminal;
    before = terminal.getAttributes();
    display = new Display(terminal, true);
    keyboard = new Keyboard(terminal.reader());
    winchBefore =
        terminal.handle(
            Terminal.Signal.WINCH,
            signal -> {
              isStale.set(true);
              changed.run();
            });
    // whoever stopped us by a signal had the terminal meanwhile
    contBefore =
        terminal.handle(
            Terminal.Signal.CONT,
            signal -> {
              take();
              isStale.set(true);
              changed.run();
            });
    Runtime.getRuntime().addShutdownHook(hook);
    take();
    changed.run();
  }

  /**
   * Takes the terminal.
   *
   * @param changed is called, on any thread, when there has to be a new picture
   */
  static FullScreen open(Runnable changed) {
    return new FullScreen(SystemTerminal.get(), changed);
  }

  private void take() {
    terminal.enterRawMode();
    Attributes raw = terminal.getAttributes();
    // Ctrl-C is a key like others, and Ctrl-Z would leave the shell with our screen
    raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
    terminal.setAttributes(raw);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
  }

  Keyboard keyboard() {
    return keyboard;
  }

  /**
   * Shows a picture.
   *
   * @param picture makes it, given rows and columns
   */
  void show(BiFunction<Integer, Integer, List<AttributedString>> picture) {
    if (isStale.getAndSet(false)) {
      size = terminal.getSize();
      if (size.getRows() <= 0 || size.getColumns() <= 0) {
        // a terminal that does not say how large it is
        size = new Size(80, 24);
      }
      display.resize(size.getRows(), size.getColumns());
      display.clear();
    }
    display.update(
        picture.apply(size.getRows(), size.getColumns()), size.cursorPos(size.getRows() - 1, 0));
  }

  /** Has the next picture drawn as a whole. */
  void redraw() {
    isStale.set(true);
  }

  private void giveBack() {
    if (isTaken.compareAndSet(true, false)) {
      terminal.puts(Capability.exit_attribute_mode);
      terminal.puts(Capability.cursor_normal);
      terminal.puts(Capability.exit_ca_mode);
      terminal.flush();
      terminal.setAttributes(before);
    }
  }

  @Override
  public void close() {
    terminal.handle(Terminal.Signal.WINCH, winchBefore);
    terminal.handle(Terminal.Signal.CONT, contBefore);
    giveBack();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // it runs already
    }
  }
}

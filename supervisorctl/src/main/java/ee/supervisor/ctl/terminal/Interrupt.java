package ee.supervisor.ctl.terminal;

import org.jline.utils.Signals;

/** Takes Ctrl-C over for as long as something goes on that it should end. */
public final class Interrupt {
  private static final String SIGNAL = "INT";

  private final Object previous;

  private Interrupt(Object previous) {
    this.previous = previous;
  }

  /**
   * Takes it over.
   *
   * @param action what to do at each Ctrl-C, on a thread of the JVM
   * @return gives it back
   */
  public static Interrupt take(Runnable action) {
    return new Interrupt(Signals.register(SIGNAL, action));
  }

  /** Lets Ctrl-C do what it did before. */
  public void giveBack() {
    Signals.unregister(SIGNAL, previous);
  }
}

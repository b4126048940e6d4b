package ee.supervisor.guard;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Runs pieces of work so that whatever one of them throws, an {@link Error} too, ends that piece
 * alone: it is logged, and the thread goes on. Every thread of the engine that runs callbacks runs
 * them here.
 *
 * <p>Never throws, not even when there is no memory left to say what was thrown: then the number of
 * what could not be logged is logged with the next. Safe for all threads.
 */
public final class Guard {
  private static final String UNCAUGHT = ": uncaught ";
  private static final String TOO_LITTLE_MEMORY =
      "something was thrown that there was too little memory or stack to log";
  private static final int LONGEST_TEXT = 1000;

  private final Consumer<String> log;
  private final AtomicLong unlogged = new AtomicLong();

  /**
   * A guard of its own.
   *
   * @param log takes one line for what was thrown; what it throws itself is borne
   */
  public Guard(Consumer<String> log) {
    this.log = requireNonNull(log);
  }

  /**
   * Runs {@code work}.
   *
   * @param what names the work in the log, by its {@code toString}
   * @return whether the work came to its end
   */
  public boolean run(Object what, Runnable work) {
    try {
      work.run();
      return true;
    } catch (Throwable thrown) {
      report(what, thrown);
      return false;
    }
  }

  /** Logs what a piece of work has thrown. */
  public void report(Object what, Throwable thrown) {
    report(what, "", thrown);
  }

  /**
   * As {@link #report(Object, Throwable)}, with the name put together here: that takes memory.
   *
   * @param what what was done
   * @param about to what, put right behind it
   */
  public void report(Object what, Object about, Throwable thrown) {
    try {
      long before = unlogged.get();
      String earlier = before > 0 ? " (" + before + " before it could not be logged)" : "";
      log.accept("" + what + about + UNCAUGHT + describe(thrown) + place(thrown) + earlier);
      unlogged.addAndGet(-before);
    } catch (Throwable again) {
      reportBriefly();
    }
  }

  /** With nothing to be built: what failed may have failed for lack of memory. */
  private void reportBriefly() {
    try {
      log.accept(TOO_LITTLE_MEMORY);
    } catch (Throwable hopeless) {
      unlogged.incrementAndGet();
    }
  }

  private static String describe(Throwable thrown) {
    try {
      String text = thrown.toString();
      return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    } catch (Throwable faulty) {
      // Other people's exceptions, other people's getMessage().
      return thrown.getClass().getName();
    }
  }

  private static String place(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return trace.length > 0 ? " at " + trace[0] : "";
  }
}

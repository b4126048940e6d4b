package ee.supervisor.posix;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A thread that all of supervision depends on at every moment, and that must therefore never wait
 * for a file system: a look at a dead NFS mount may last for ever.
 *
 * <p>Whatever looks at files says so by {@link #assertNotOn}.
 */
public final class PromptThread extends Thread {
  // Of this thread alone.
  private final Set<Runnable> afterTurn = new LinkedHashSet<>();
  private boolean inTurn;

  /** A thread that will run {@code work}. */
  public PromptThread(Runnable work, String name) {
    super(work, name);
  }

  /** Fails, where assertions are on, when the calling thread is a prompt one. */
  public static void assertNotOn(String call, Object file) {
    assert !(Thread.currentThread() instanceof PromptThread)
        : call + "(" + file + ") on " + Thread.currentThread().getName();
  }

  /**
   * Leaves to the end of the calling thread's turn what may wait until then, once however often it
   * is asked for.
   *
   * @return false when the caller is not a prompt thread amid a turn, and has to do it itself
   */
  static boolean atTurnsEnd(Runnable action) {
    if (Thread.currentThread() instanceof PromptThread prompt && prompt.inTurn) {
      prompt.afterTurn.add(action);
      return true;
    }
    return false;
  }

  /** Begins a turn of the calling thread, which must be this one. */
  public void beginTurn() {
    inTurn = true;
  }

  /** Ends the turn, and does what was left to its end. */
  public void endTurn() {
    inTurn = false;
    if (!afterTurn.isEmpty()) {
      afterTurn.forEach(Runnable::run);
      afterTurn.clear();
    }
  }
}

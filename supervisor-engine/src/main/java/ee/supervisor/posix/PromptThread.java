package ee.supervisor.posix;

/**
 * A thread that all of supervision depends on at every moment, and that must therefore never wait
 * for a file system: a look at a dead NFS mount may last for ever.
 *
 * <p>Whatever looks at files says so by {@link #assertNotOn}.
 */
public final class PromptThread extends Thread {
  /** A thread that will run {@code work}. */
  public PromptThread(Runnable work, String name) {
    super(work, name);
  }

  /** Fails, where assertions are on, when the calling thread is a prompt one. */
  public static void assertNotOn(String call, Object file) {
    assert !(Thread.currentThread() instanceof PromptThread)
        : call + "(" + file + ") on " + Thread.currentThread().getName();
  }
}

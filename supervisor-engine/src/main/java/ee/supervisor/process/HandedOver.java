package ee.supervisor.process;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Hands what a child said to the control loop, and lets go of it whatever becomes of it there. */
final class HandedOver {
  private HandedOver() {}

  /**
   * Has {@code work} done by {@code loop}.
   *
   * @param done run once afterwards, also when the work failed or the loop has ended: a child whose
   *     output is held for ever would wait for ever
   */
  static void to(Executor loop, Runnable work, Runnable done) {
    try {
      loop.execute(
          () -> {
            try {
              work.run();
            } finally {
              done.run();
            }
          });
    } catch (RejectedExecutionException ended) {
      done.run();
    }
  }
}

package ee.supervisor.output;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What belongs to one process: run in order and never twice at a time, on whichever thread. While a
 * thread is stuck in it (its disk stalls), the rest of it waits and other strands go on. Its state
 * is the {@link Reactor}'s.
 */
final class Strand {
  private final String name;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean stuck;

  /**
   * An idle strand.
   *
   * @param name whose it is, for the activity log
   */
  Strand(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return "output of " + name;
  }

  String name() {
    return name;
  }

  boolean isStuck() {
    return stuck;
  }

  void setStuck(boolean isStuck) {
    stuck = isStuck;
  }

  /** What is to run once it isn't stuck any more, in order. */
  Queue<Runnable> waiting() {
    return waiting;
  }
}

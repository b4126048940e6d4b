package ee.supervisor.posix;

import java.util.Optional;

/**
 * What is made ready for a child before anybody knows whether it will be wanted: its request and
 * its pipes. Whoever asked for it gives it back to the {@link Spawner}, with an order or without.
 * Safe for all threads.
 */
public final class Preparation {
  private ReadyChild ready;
  private boolean given;

  Preparation() {}

  /** A request whose pipes are open. */
  record ReadyChild(SpawnRequest request, ChildPipes pipes) implements AutoCloseable {
    @Override
    public void close() {
      pipes.close();
    }
  }

  /** Takes what was made; closes it when it comes too late. */
  synchronized void complete(ReadyChild made) {
    if (given) {
      made.close();
    } else {
      ready = made;
    }
  }

  /** What was made ready, if anything; from now on there is nothing. */
  synchronized Optional<ReadyChild> take() {
    given = true;
    Optional<ReadyChild> taken = Optional.ofNullable(ready);
    ready = null;
    return taken;
  }
}

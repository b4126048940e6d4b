package ee.supervisor.process;

import ee.supervisor.posix.Spawner;

/**
 * Has the spawner helped for as long as somebody waits for it: it may be stuck with another
 * program's file system. Confined to the control loop.
 */
final class Impatience {
  private final ProcessServices services;
  private Timer next;
  private boolean ended;

  /** Begins to wait. */
  Impatience(ProcessServices services) {
    this.services = services;
    next = services.schedule(Spawner.PATIENCE, this::help);
  }

  private void help() {
    if (!ended) {
      next = services.schedule(Spawner.PATIENCE, this::help);
      services.spawner().help();
    }
  }

  /** What was waited for is there. */
  void end() {
    ended = true;
    next.cancel();
  }
}

package ee.supervisor.control;

import ee.supervisor.posix.Child;
import ee.supervisor.posix.Errno;
import ee.supervisor.posix.PosixException;
import ee.supervisor.process.ProcessServices;
import ee.supervisor.process.Timer;
import ee.supervisor.protocol.Signals;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends, with the engine, the children that no process has: commands of checks that were being made,
 * scripts that a check had called, children that came when nobody waited for them any more. Without
 * the control loop nobody would wait for them: they would go on without a timeout, and become
 * zombies of an application server that goes on. Confined to the control loop.
 */
final class Stragglers {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(5);

  /** One that SIGKILL does not end within this is left. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ProcessServices services;
  private final Set<Child> others;
  private final Runnable then;
  private final Set<Child> killed = new HashSet<>();
  private Timer patience = () -> {};
  private boolean done;

  /**
   * Those that are alive, or still in the making.
   *
   * @param others to be left alone: a signal to them was refused
   * @param then run once, when there are none any more
   */
  Stragglers(ProcessServices services, Set<Child> others, Runnable then) {
    this.services = services;
    this.others = others;
    this.then = then;
  }

  /** Ends them, and the spawner. */
  void end() {
    patience = services.schedule(PATIENCE, this::finish);
    // what was ordered before this has arrived at the loop when this has
    services
        .spawner()
        .call(() -> null)
        .whenComplete((nothing, error) -> services.loop().execute(this::look));
    services.spawner().close();
  }

  private void look() {
    boolean looked = services.guard().run("the last children", this::kill);
    if (!looked || left().isEmpty()) {
      finish();
    } else if (!done) {
      services.schedule(LOOK_INTERVAL, this::look);
    }
  }

  private List<Child> left() {
    return services.spawner().children().alive().stream()
        .filter(child -> !others.contains(child))
        .toList();
  }

  private void kill() {
    for (Child child : left()) {
      if (killed.add(child)) {
        kill(child);
      }
    }
  }

  private void kill(Child child) {
    try {
      child.sendToGroup(Signals.SIGKILL);
    } catch (PosixException e) {
      if (!e.errno().equals(Errno.ESRCH)) {
        services.log().error("cannot kill " + child + ": " + e.getMessage());
      }
    }
  }

  private void finish() {
    if (!done) {
      done = true;
      patience.cancel();
      services
          .guard()
          .run("the last children", () -> left().forEach(services.spawner().children()::reap));
      then.run();
    }
  }
}

package ee.supervisor.control;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where the launcher leaves the running supervisor for the application that is deployed around it:
 * the start-up bean takes it over, the doors find it. Works because the application server looks
 * into the launcher's class loader first.
 */
public final class Handover {
  private static final AtomicReference<Supervisor> CURRENT = new AtomicReference<>();

  private Handover() {}

  /** Makes {@code supervisor} the one that doors open on. */
  public static void offer(Supervisor supervisor) {
    CURRENT.set(supervisor);
  }

  /** The running supervisor, if there is one. */
  public static Optional<Supervisor> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Withdraws {@code supervisor}, if it is still the current one. */
  public static void withdraw(Supervisor supervisor) {
    CURRENT.compareAndSet(supervisor, null);
  }
}

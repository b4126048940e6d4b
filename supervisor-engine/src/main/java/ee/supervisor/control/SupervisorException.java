package ee.supervisor.control;

import ee.supervisor.protocol.Fault;

/** A request that the supervisor refuses, as one of Supervisor's faults. */
public final class SupervisorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  public SupervisorException(Fault fault) {
    super(fault.name(), null, false, false);
    this.fault = fault;
  }

  /** The message becomes {@code FAULT: extra}, as clients print it. */
  public SupervisorException(Fault fault, String extra) {
    super(fault.name() + ": " + extra, null, false, false);
    this.fault = fault;
  }

  /** Which fault. */
  public Fault fault() {
    return fault;
  }
}

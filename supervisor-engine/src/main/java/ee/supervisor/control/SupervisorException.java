package ee.supervisor.control;

import ee.supervisor.protocol.Fault;

/** A request that the supervisor refuses, as one of Supervisor's faults. */
public final class SupervisorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Fault fault;
  private final boolean unexpected;

  public SupervisorException(Fault fault) {
    this(fault, fault.name(), false);
  }

  /** The message becomes {@code FAULT: extra}, as clients print it. */
  public SupervisorException(Fault fault, String extra) {
    this(fault, fault.name() + ": " + extra, false);
  }

  private SupervisorException(Fault fault, String message, boolean unexpected) {
    super(message, null, false, false);
    this.fault = fault;
    this.unexpected = unexpected;
  }

  /** What a result says that is not {@link Fault#SUCCESS}. */
  public static SupervisorException of(ProcessResult result) {
    return new SupervisorException(result.fault(), result.description(), false);
  }

  /** What becomes of an error in supervisord itself. */
  static SupervisorException unexpected(Throwable error) {
    return new SupervisorException(Fault.FAILED, Fault.FAILED + ": " + error.getMessage(), true);
  }

  /** Which fault. */
  public Fault fault() {
    return fault;
  }

  /** Whether nobody has refused it: there is an error in supervisord, and its log says more. */
  public boolean isUnexpected() {
    return unexpected;
  }
}

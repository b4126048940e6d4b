package ee.supervisor.xmlrpc;

import ee.supervisor.access.ForbiddenException;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.protocol.Fault;
import ee.supervisor.rpc.RpcArguments;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * What a client gets when a call fails.
 *
 * @param code the faultCode
 * @param text the faultString
 */
record XmlRpcFault(int code, String text) implements WireValue {
  private static final byte[] CODE = ValueWriter.name("faultCode");
  private static final byte[] TEXT = ValueWriter.name("faultString");

  /**
   * The fault for what a method threw; {@code FAILED}, in the form of Supervisor, for what it
   * should not have thrown.
   */
  static XmlRpcFault of(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof SupervisorException refusal) {
      return new XmlRpcFault(refusal.fault().code(), refusal.getMessage());
    }
    return new XmlRpcFault(Fault.FAILED.code(), "FAILED: " + reason(cause));
  }

  /** What went wrong, in the form of Supervisor. */
  static String reason(Throwable failure) {
    Throwable cause = unwrapped(failure);
    boolean tellsAll =
        // Supervisor has no fault for a role that does not allow something
        cause instanceof ForbiddenException
            || cause instanceof RpcArguments.MistypedException
            || cause instanceof OversizeException;
    return tellsAll
        ? cause.getMessage()
        : "<class '%s'>:%s".formatted(cause.getClass().getName(), cause.getMessage());
  }

  /** Whether a client gets {@code failure} as a fault, and not as an error of the server. */
  static boolean isFault(Throwable failure) {
    Throwable cause = unwrapped(failure);
    return cause instanceof SupervisorException
        || cause instanceof ForbiddenException
        || cause instanceof OversizeException
        || cause instanceof UnwritableResultException;
  }

  /** As a value: a response's, or a multicall's result. */
  @Override
  public void write(ValueWriter out) {
    out.beginStruct();
    out.member(CODE, code);
    out.member(TEXT, text);
    out.endStruct();
  }

  /** What a stage has wrapped. */
  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}

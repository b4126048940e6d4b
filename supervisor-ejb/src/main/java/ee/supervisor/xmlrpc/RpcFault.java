package ee.supervisor.xmlrpc;

import ee.supervisor.access.RefusedException;
import ee.supervisor.control.Fault;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.rpc.RpcArguments;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * What a client is told when a call fails.
 *
 * @param code the faultCode
 * @param text the faultString
 */
record RpcFault(int code, String text) {

  /**
   * The fault for what a method threw; {@code FAILED}, in the form of Supervisor, for what it
   * should not have thrown.
   */
  static RpcFault of(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof SupervisorException refusal) {
      return new RpcFault(refusal.fault().code(), refusal.getMessage());
    }
    boolean tellsAll =
        // Supervisor has no fault for a role that does not allow something
        cause instanceof RefusedException || cause instanceof RpcArguments.MistypedException;
    String text =
        tellsAll
            ? cause.getMessage()
            : "<class '%s'>:%s".formatted(cause.getClass().getName(), cause.getMessage());
    return new RpcFault(Fault.FAILED.code(), "FAILED: " + text);
  }

  /** Whether {@code failure} is a refusal, and not a defect that belongs into the log. */
  static boolean isRefusal(Throwable failure) {
    Throwable cause = unwrapped(failure);
    return cause instanceof SupervisorException || cause instanceof RefusedException;
  }

  /** As a multicall's result. */
  Map<String, Object> asStruct() {
    Map<String, Object> struct = new LinkedHashMap<>();
    struct.put("faultCode", code);
    struct.put("faultString", text);
    return struct;
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}

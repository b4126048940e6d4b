package ee.supervisor.protocol;

import java.util.Arrays;
import java.util.Optional;

/** Supervisor's XML-RPC faults: names and codes that clients know. */
public enum Fault {
  UNKNOWN_METHOD(FaultCode.UNKNOWN_METHOD),
  INCORRECT_PARAMETERS(FaultCode.INCORRECT_PARAMETERS),
  BAD_ARGUMENTS(FaultCode.BAD_ARGUMENTS),
  SIGNATURE_UNSUPPORTED(FaultCode.SIGNATURE_UNSUPPORTED),
  SHUTDOWN_STATE(FaultCode.SHUTDOWN_STATE),
  BAD_NAME(FaultCode.BAD_NAME),
  BAD_SIGNAL(FaultCode.BAD_SIGNAL),
  NO_FILE(FaultCode.NO_FILE),
  NOT_EXECUTABLE(FaultCode.NOT_EXECUTABLE),
  FAILED(FaultCode.FAILED),
  ABNORMAL_TERMINATION(FaultCode.ABNORMAL_TERMINATION),
  SPAWN_ERROR(FaultCode.SPAWN_ERROR),
  ALREADY_STARTED(FaultCode.ALREADY_STARTED),
  NOT_RUNNING(FaultCode.NOT_RUNNING),
  SUCCESS(FaultCode.SUCCESS),
  ALREADY_ADDED(FaultCode.ALREADY_ADDED),
  STILL_RUNNING(FaultCode.STILL_RUNNING),
  CANT_REREAD(FaultCode.CANT_REREAD);

  private final int code;

  Fault(int code) {
    this.code = code;
  }

  /** The fault of that name; empty if there is none. */
  public static Optional<Fault> named(String name) {
    return Arrays.stream(values()).filter(fault -> fault.name().equals(name)).findFirst();
  }

  /** The faultCode on the wire. */
  public int code() {
    return code;
  }
}

package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.protocol.FaultCode;
import ee.supervisor.protocol.Namespec;

/**
 * Says how a call went for one process.
 *
 * @param name the process as it is shown
 * @param status a fault's number, or {@link FaultCode#SUCCESS}
 * @param description a fault's text
 */
record CallResult(String name, int status, String description) {

  /** One of the results of a call on several processes. */
  static CallResult of(Struct struct) {
    return new CallResult(
        Namespec.of(struct.text("group"), struct.text("name")),
        struct.number("status"),
        struct.text("description"));
  }

  /** The result of a call that was refused. */
  static CallResult of(Namespec namespec, RpcFault fault) {
    return new CallResult(shown(namespec), fault.code(), fault.text());
  }

  /** The result of a call that went well. */
  static CallResult done(Namespec namespec) {
    return new CallResult(shown(namespec), FaultCode.SUCCESS, "OK");
  }

  /** The reference says {@code None} where a whole group stands for a process. */
  private static String shown(Namespec namespec) {
    return Namespec.of(namespec.group(), namespec.process().orElse("None"));
  }

  /** What to print after a start. */
  String started() {
    return switch (status) {
      case FaultCode.BAD_NAME -> error("no such process");
      case FaultCode.NO_FILE -> error("no such file");
      case FaultCode.NOT_EXECUTABLE -> error("file is not executable");
      case FaultCode.ALREADY_STARTED -> error("already started");
      case FaultCode.SPAWN_ERROR -> error("spawn error");
      case FaultCode.ABNORMAL_TERMINATION -> error("abnormal termination");
      case FaultCode.SUCCESS -> name + ": started";
      // a role that does not allow it, which Supervisor's own server never says
      case FaultCode.FAILED -> description;
      default -> throw unknown();
    };
  }

  /** What to print after a stop. */
  String stopped() {
    return reached("stopped");
  }

  /** What to print after a signal. */
  String signalled() {
    return reached("signalled");
  }

  private String reached(String done) {
    return switch (status) {
      case FaultCode.BAD_NAME -> error("no such process");
      case FaultCode.BAD_SIGNAL -> error("bad signal name");
      case FaultCode.NOT_RUNNING -> error("not running");
      case FaultCode.SUCCESS -> name + ": " + done;
      case FaultCode.FAILED -> description;
      default -> throw unknown();
    };
  }

  /** What to print after the logs were emptied. */
  String cleared() {
    return switch (status) {
      case FaultCode.BAD_NAME -> error("no such process");
      case FaultCode.FAILED -> error("failed");
      case FaultCode.SUCCESS -> name + ": cleared";
      default -> throw unknown();
    };
  }

  private String error(String what) {
    return name + ": ERROR (" + what + ")";
  }

  private UnexpectedResultException unknown() {
    return new UnexpectedResultException("Unknown result code " + status + " for " + name);
  }
}

package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import ee.supervisor.protocol.Namespec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Restarts processes a few at a time, the next when those before are ready. */
final class RollAction implements Action {

  @Override
  public String name() {
    return "roll";
  }

  @Override
  public String help() {
    return HelpTexts.ROLL;
  }

  @Override
  public Completes completes() {
    return Completes.PROCESSES;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    if (!session.serverIsUp()) {
      return;
    }
    RollArguments arguments;
    try {
      arguments = RollArguments.parse(argument);
    } catch (IllegalArgumentException e) {
      session.print(e.getMessage());
      session.exitStatus(ExitStatus.INVALID_ARGUMENTS);
      return;
    }
    if (arguments.names().isEmpty()) {
      session.print("Error: roll requires a process name");
      session.exitStatus(ExitStatus.INVALID_ARGUMENTS);
      session.print(help());
      return;
    }
    for (String name : arguments.names().contains("all") ? List.of("all") : arguments.names()) {
      if (!roll(session, name, arguments)) {
        return;
      }
    }
  }

  /** Whether all of it went well: what an operator named behind it has to wait else. */
  private static boolean roll(Session session, String name, RollArguments arguments)
      throws IOException, RpcFault {
    try {
      return tell(session, Struct.of(call(session, name, arguments)));
    } catch (RpcFault fault) {
      session.exitStatus(ExitStatus.GENERIC);
      switch (fault.code()) {
        case FaultCode.UNKNOWN_METHOD -> Extension.tellMissing(session, "rolling restarts");
        case FaultCode.BAD_NAME -> session.print(name + ": ERROR (no such " + kind(name) + ")");
        case FaultCode.ALREADY_STARTED, FaultCode.BAD_ARGUMENTS, FaultCode.FAILED ->
            session.print(name + ": ERROR (" + fault.text() + ")");
        default -> throw fault;
      }
      return false;
    }
  }

  private static String kind(String name) {
    return Namespec.parse(name).process().isPresent() ? "process" : "group";
  }

  private static Object call(Session session, String name, RollArguments arguments)
      throws IOException, RpcFault {
    List<Object> parameters = new ArrayList<>();
    if (!name.equals("all")) {
      parameters.add(name);
    }
    OptionalInt batch =
        arguments.timeout().isPresent() && arguments.batch().isEmpty()
            ? OptionalInt.of(1)
            : arguments.batch();
    batch.ifPresent(parameters::add);
    arguments.timeout().ifPresent(parameters::add);
    String method = name.equals("all") ? Extension.ROLL_ALL : Extension.ROLL;
    try {
      return new PatientCall(session, Optional.empty())
          .call(name + ": rolling", method, parameters.toArray());
    } catch (CallTimeoutException e) {
      throw new IllegalStateException("there was no limit", e);
    }
  }

  private static boolean tell(Session session, Struct report) {
    for (Struct result : Struct.listOf(report.member("results"))) {
      String name = Namespec.of(result.text("group"), result.text("name"));
      boolean well = result.number("status") == FaultCode.SUCCESS;
      session.print(
          name + ": " + (well ? "restarted" : "ERROR (" + result.text("description") + ")"));
    }
    if (!report.flag("complete")) {
      session.print("ERROR: " + report.text("problem"));
      session.exitStatus(ExitStatus.GENERIC);
      return false;
    }
    return true;
  }
}

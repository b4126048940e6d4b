package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import ee.supervisor.protocol.Namespec;
import java.io.IOException;
import java.util.List;

/** Empties the logs of processes. */
final class ClearAction implements Action {

  @Override
  public String name() {
    return "clear";
  }

  @Override
  public String help() {
    return HelpTexts.CLEAR;
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
    List<String> names = Words.of(argument);
    if (names.isEmpty()) {
      session.print("Error: clear requires a process name");
      session.exitStatus(ExitStatus.GENERIC);
      session.print(help());
    } else if (names.contains("all")) {
      Object results = session.server().call("supervisor.clearAllProcessLogs");
      Struct.listOf(results).forEach(result -> tell(session, CallResult.of(result)));
    } else {
      for (String name : names) {
        one(session, name);
      }
    }
  }

  private static void one(Session session, String name) throws IOException {
    Namespec namespec = Namespec.parse(name);
    try {
      session.server().call("supervisor.clearProcessLogs", name);
      tell(session, CallResult.done(namespec));
    } catch (RpcFault fault) {
      tell(session, CallResult.of(namespec, fault));
    }
  }

  private static void tell(Session session, CallResult result) {
    session.print(result.cleared());
    if (result.status() != FaultCode.SUCCESS) {
      session.exitStatus(ExitStatus.ofFault(result.status()));
    }
  }
}

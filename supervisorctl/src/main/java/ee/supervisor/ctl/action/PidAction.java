package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import java.io.IOException;
import java.util.List;

/** Shows process ids, of supervisord or of its children. */
final class PidAction implements Action {

  @Override
  public String name() {
    return "pid";
  }

  @Override
  public String help() {
    return HelpTexts.PID;
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
      session.print(String.valueOf(session.server().call("supervisor.getPID")));
    } else if (names.contains("all")) {
      Object infos = session.server().call("supervisor.getAllProcessInfo");
      Struct.listOf(infos).forEach(info -> session.print(info.text("pid")));
    } else {
      for (String name : names) {
        one(session, name);
      }
    }
  }

  private static void one(Session session, String name) throws IOException, RpcFault {
    try {
      Struct info = Struct.of(session.server().call("supervisor.getProcessInfo", name));
      session.print(info.text("pid"));
      if (info.number("pid") == 0) {
        session.exitStatus(ExitStatus.NOT_RUNNING);
      }
    } catch (RpcFault fault) {
      session.exitStatus(ExitStatus.GENERIC);
      if (fault.code() != FaultCode.BAD_NAME) {
        throw fault;
      }
      session.print("No such process " + name);
    }
  }
}

package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import java.io.IOException;

/** Makes groups inactive whose processes have been stopped. */
final class RemoveAction implements Action {

  @Override
  public String name() {
    return "remove";
  }

  @Override
  public String help() {
    return HelpTexts.REMOVE;
  }

  @Override
  public Completes completes() {
    return Completes.GROUPS;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    for (String name : Words.of(argument)) {
      try {
        session.server().call("supervisor.removeProcessGroup", name);
        session.print(name + ": removed process group");
      } catch (RpcFault fault) {
        session.exitStatus(ExitStatus.GENERIC);
        switch (fault.code()) {
          case FaultCode.STILL_RUNNING ->
              session.print("ERROR: process/group still running: " + name);
          case FaultCode.BAD_NAME -> session.print("ERROR: no such process/group: " + name);
          default -> throw fault;
        }
      }
    }
  }
}

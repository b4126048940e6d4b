package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import java.io.IOException;

/** Restarts supervisord, and with it all it runs. */
final class ReloadAction implements Action {

  @Override
  public String name() {
    return "reload";
  }

  @Override
  public String help() {
    return HelpTexts.RELOAD;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    if (!argument.isEmpty()) {
      NoArguments.refuse(session, this);
      return;
    }
    if (!Question.confirm(session, "Really restart the remote supervisord process y/N? ")) {
      return;
    }
    try {
      session.server().call("supervisor.restart");
      session.print("Restarted supervisord");
    } catch (RpcFault fault) {
      session.exitStatus(ExitStatus.GENERIC);
      if (fault.code() != FaultCode.SHUTDOWN_STATE) {
        throw fault;
      }
      session.print("ERROR: already shutting down");
    }
  }
}

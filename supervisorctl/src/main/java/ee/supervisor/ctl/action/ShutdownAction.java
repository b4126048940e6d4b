package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.client.ServerUnreachableException;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import java.io.IOException;

/** Ends supervisord and all it runs. */
final class ShutdownAction implements Action {

  @Override
  public String name() {
    return "shutdown";
  }

  @Override
  public String help() {
    return HelpTexts.SHUTDOWN;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    if (!argument.isEmpty()) {
      NoArguments.refuse(session, this);
      return;
    }
    if (!Question.confirm(session, "Really shut the remote supervisord process down y/N? ")) {
      return;
    }
    try {
      session.server().call("supervisor.shutdown");
      session.print("Shut down");
    } catch (RpcFault fault) {
      if (fault.code() != FaultCode.SHUTDOWN_STATE) {
        throw fault;
      }
      session.print("ERROR: already shutting down");
    } catch (ServerUnreachableException e) {
      session.exitStatus(ExitStatus.GENERIC);
      switch (e.reason()) {
        case REFUSED -> gone(session, "refused connection");
        case NO_SUCH_FILE -> gone(session, "no such file");
        default -> throw e;
      }
    }
  }

  private static void gone(Session session, String what) {
    session.print("ERROR: " + session.serverUrl() + " " + what + " (already shut down?)");
  }
}

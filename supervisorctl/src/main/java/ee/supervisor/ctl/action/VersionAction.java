package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;

/** Shows which version of supervisord runs. */
final class VersionAction implements Action {

  @Override
  public String name() {
    return "version";
  }

  @Override
  public String help() {
    return HelpTexts.VERSION;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    if (!argument.isEmpty()) {
      NoArguments.refuse(session, this);
    } else if (session.serverIsUp()) {
      session.print(String.valueOf(session.server().call("supervisor.getSupervisorVersion")));
    }
  }
}

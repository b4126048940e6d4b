package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;
import java.util.List;

/** Turns to another supervisord. */
final class OpenAction implements Action {
  private static final List<String> SCHEMES =
      List.of("unix:", "http:", "https:", "jmx:", "service:jmx:");

  @Override
  public String name() {
    return "open";
  }

  @Override
  public String help() {
    return HelpTexts.OPEN;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    if (SCHEMES.stream().noneMatch(argument::startsWith)) {
      session.print("ERROR: url must be http:// or unix://");
      session.exitStatus(ExitStatus.GENERIC);
      return;
    }
    session.connect(argument);
    int before = session.exitStatus();
    new StatusAction().run(session, "");
    session.exitStatus(before);
  }
}

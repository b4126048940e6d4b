package ee.supervisor.ctl.action;

import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;

/** Refuses arguments where an action takes none. */
final class NoArguments {

  private NoArguments() {}

  static void refuse(Session session, Action action) {
    session.print("Error: " + action.name() + " accepts no arguments");
    session.exitStatus(ExitStatus.GENERIC);
    session.print(action.help());
  }
}

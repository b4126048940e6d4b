package ee.supervisor.ctl.action;

import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Session;

/**
 * Leaves the shell.
 *
 * @param name one of the words for it
 * @param help its help
 */
record LeaveAction(String name, String help) implements Action {

  @Override
  public void run(Session session, String argument) {
    session.print("");
    session.leave();
  }
}

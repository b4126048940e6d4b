package ee.supervisor.ctl.action;

import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;

/** Names the methods that Supervisor's own server does not have. */
final class Extension {
  static final String START_ALONE = "supervisor_ee.startAlone";
  static final String STOP_WITH_DEPENDENTS = "supervisor_ee.stopWithDependents";
  static final String DEPENDENTS = "supervisor_ee.getDependents";
  static final String WAITS = "supervisor_ee.getAllWaits";
  static final String ROLL = "supervisor_ee.rollProcess";
  static final String ROLL_ALL = "supervisor_ee.rollAllProcesses";
  static final String PLAN = "supervisor_ee.plan";
  static final String UPDATE_GROUP = "supervisor_ee.updateProcessGroup";
  static final String ROLLING_GROUPS = "supervisor_ee.getRollingGroups";
  static final String GRAPH = "supervisor_ee.getGraph";

  private Extension() {}

  /** Says that the server is one without such a method. */
  static void tellMissing(Session session, String what) {
    session.print(
        "ERROR: the supervisord at %s does not know %s; Supervisor for Jakarta EE does"
            .formatted(session.serverUrl(), what));
    session.exitStatus(ExitStatus.UNIMPLEMENTED_FEATURE);
  }
}

package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;
import java.util.List;

/**
 * Starts, stops or restarts processes.
 *
 * @param name the action's name
 * @param help its help
 * @param noNamesStatus the exit code if no process is named
 * @param verbs what to do, in this order
 */
record StartStopAction(String name, String help, int noNamesStatus, List<Verb> verbs)
    implements Action {

  static final StartStopAction START =
      new StartStopAction(
          "start", HelpTexts.START, ExitStatus.INVALID_ARGUMENTS, List.of(Verb.START));

  static final StartStopAction STOP =
      new StartStopAction("stop", HelpTexts.STOP, ExitStatus.GENERIC, List.of(Verb.STOP));

  static final StartStopAction RESTART =
      new StartStopAction(
          "restart", HelpTexts.RESTART, ExitStatus.GENERIC, List.of(Verb.STOP, Verb.START));

  @Override
  public Completes completes() {
    return Completes.PROCESSES;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    if (!session.serverIsUp()) {
      return;
    }
    Targets targets;
    try {
      targets = Targets.parse(argument);
    } catch (IllegalArgumentException e) {
      session.print(e.getMessage());
      session.exitStatus(ExitStatus.INVALID_ARGUMENTS);
      return;
    }
    if (targets.names().isEmpty()) {
      session.print("Error: " + name + " requires a process name");
      session.exitStatus(noNamesStatus);
      session.print(help);
      return;
    }
    for (Verb verb : verbs) {
      new ProcessCommand(session, verb, targets.timeout()).apply(targets.names());
    }
  }
}

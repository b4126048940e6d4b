package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Starts, stops or restarts processes.
 *
 * @param name the action's name
 * @param help its help
 * @param noNamesStatus the exit code if no process is named
 * @param verbs what to do, in this order
 * @param aboutOthers the option about those that depend on one another, if it has one
 */
record StartStopAction(
    String name, String help, int noNamesStatus, List<Verb> verbs, Optional<String> aboutOthers)
    implements Action {
  private static final String NO_DEPS = "--no-deps";
  private static final String WITH_DEPENDENTS = "--with-dependents";

  static final StartStopAction START =
      new StartStopAction(
          "start",
          HelpTexts.START,
          ExitStatus.INVALID_ARGUMENTS,
          List.of(Verb.START),
          Optional.of(NO_DEPS));

  static final StartStopAction STOP =
      new StartStopAction(
          "stop",
          HelpTexts.STOP,
          ExitStatus.GENERIC,
          List.of(Verb.STOP),
          Optional.of(WITH_DEPENDENTS));

  static final StartStopAction RESTART =
      new StartStopAction(
          "restart",
          HelpTexts.RESTART,
          ExitStatus.GENERIC,
          List.of(Verb.STOP, Verb.START),
          Optional.empty());

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
      targets = Targets.parse(argument, aboutOthers);
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
      ProcessCommand command = new ProcessCommand(session, verb, targets.timeout());
      // all are started and stopped in order anyway
      if (targets.others() && !targets.names().contains("all")) {
        String method =
            aboutOthers.get().equals(NO_DEPS)
                ? Extension.START_ALONE
                : Extension.STOP_WITH_DEPENDENTS;
        command.applyBy(method, aboutOthers.orElseThrow(), targets.names());
      } else {
        command.apply(targets.names());
      }
    }
    if (aboutOthers.equals(Optional.of(WITH_DEPENDENTS))
        && !targets.others()
        && !targets.names().contains("all")) {
      tellDependents(session, targets.names());
    }
  }

  /** Says who is left without what it needs. */
  private static void tellDependents(Session session, List<String> names) throws IOException {
    for (String each : names) {
      try {
        List<String> dependents = Struct.strings(session.server().call(Extension.DEPENDENTS, each));
        if (!dependents.isEmpty()) {
          session.print(
              "%s: needed by %s (%s stops them first)"
                  .formatted(each, String.join(", ", dependents), WITH_DEPENDENTS));
        }
      } catch (RpcFault noneOrUnknown) {
        // Supervisor's own server knows of no such thing, and no name needs another there
        return;
      }
    }
  }
}

package ee.supervisor.ctl.action;

import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.protocol.FaultCode;
import java.util.Set;
import java.util.function.Function;

/**
 * Says what differs between the actions that are done to processes, groups of them, or all.
 *
 * @param onAll the method that does it to all processes
 * @param onGroup the method that does it to a group
 * @param onProcess the method that does it to one process
 * @param going what the progress line says while it is being done
 * @param tell what to print about a result
 * @param harmlessFault the fault that leaves the exit code alone
 * @param unknownGroupStatus the exit code if there is no such group
 * @param goalStates the states in which a process has got where it should
 */
record Verb(
    String onAll,
    String onGroup,
    String onProcess,
    String going,
    Function<CallResult, String> tell,
    int harmlessFault,
    int unknownGroupStatus,
    Set<String> goalStates) {

  static final Verb START =
      new Verb(
          "supervisor.startAllProcesses",
          "supervisor.startProcessGroup",
          "supervisor.startProcess",
          "starting",
          CallResult::started,
          FaultCode.ALREADY_STARTED,
          ExitStatus.INVALID_ARGUMENTS,
          Set.of("RUNNING"));

  static final Verb STOP =
      new Verb(
          "supervisor.stopAllProcesses",
          "supervisor.stopProcessGroup",
          "supervisor.stopProcess",
          "stopping",
          CallResult::stopped,
          FaultCode.NOT_RUNNING,
          ExitStatus.GENERIC,
          Set.of("STOPPED", "EXITED", "FATAL"));

  static final Verb SIGNAL =
      new Verb(
          "supervisor.signalAllProcesses",
          "supervisor.signalProcessGroup",
          "supervisor.signalProcess",
          "signalling",
          CallResult::signalled,
          FaultCode.SUCCESS,
          ExitStatus.GENERIC,
          Set.of());
}

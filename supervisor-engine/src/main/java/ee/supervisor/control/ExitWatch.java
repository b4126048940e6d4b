package ee.supervisor.control;

import ee.supervisor.config.ExitRule;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.event.ProcessState;
import ee.supervisor.posix.WaitStatus;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessServices;
import ee.supervisor.process.ProcessTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Ends supervisord with a program, as {@code exit_on} says, and knows the exit code then. Confined
 * to the control loop, but for {@link #exitCode()}.
 */
final class ExitWatch {
  /** As a shell has it for a child that a signal has ended. */
  private static final int SIGNALLED = 128;

  /** Of a program that is FATAL though it has ended with 0, or has never been started. */
  private static final int FAILED = 1;

  private final ProcessTable table;
  private final ProcessServices services;
  private final Runnable shutdown;
  private final Map<ManagedProcess, Integer> codes = new HashMap<>();
  private volatile OptionalInt exitCode = OptionalInt.empty();

  /**
   * @param shutdown stops all, later: a process is in the midst of a change
   */
  ExitWatch(ProcessTable table, ProcessServices services, Runnable shutdown) {
    this.table = table;
    this.services = services;
    this.shutdown = shutdown;
  }

  /** With what supervisord exits because of a program; empty if it is not because of one. */
  OptionalInt exitCode() {
    return exitCode;
  }

  /** Whether a program has ended supervisord: nothing is started any more. */
  boolean hasFired() {
    return exitCode.isPresent();
  }

  /** A child has ended by itself. */
  void ended(ManagedProcess process, WaitStatus status) {
    List<ExitRule> rules = services.settings().exitOn();
    if (rules.isEmpty()) {
      return;
    }
    int code = status.signal() == 0 ? status.exitCode() : SIGNALLED + status.signal();
    codes.keySet().retainAll(table.processesByPriority());
    codes.put(process, code);
    consider(rules, process, ExitRule.End.EXITED, code);
  }

  /** It has become FATAL. */
  void gaveUp(ManagedProcess process) {
    List<ExitRule> rules = services.settings().exitOn();
    if (rules.isEmpty()) {
      return;
    }
    int code = Math.max(FAILED, codes.getOrDefault(process, FAILED));
    consider(rules, process, ExitRule.End.FATAL, code);
    // what ends without a child, or for the last time, may be the last of all
    consider(rules, process, ExitRule.End.EXITED, codes.getOrDefault(process, FAILED), true);
  }

  private void consider(List<ExitRule> rules, ManagedProcess process, ExitRule.End end, int code) {
    consider(rules, process, end, code, false);
  }

  private void consider(
      List<ExitRule> rules, ManagedProcess process, ExitRule.End end, int code, boolean allOnly) {
    for (ExitRule rule : rules) {
      boolean asked = !allOnly || rule.of() instanceof ExitRule.Whose.All;
      if (services.startsAllowed() && asked && rule.end() == end && matches(rule, process)) {
        exitCode = OptionalInt.of(code);
        services
            .log()
            .info(
                "'%s' has ended, and supervisord with it (exit_on=%s), exit code %d"
                    .formatted(process.config().name(), rule, code));
        shutdown.run();
      }
    }
  }

  private boolean matches(ExitRule rule, ManagedProcess process) {
    if (rule.of() instanceof ExitRule.Whose.Named named) {
      return named.processes().matches(process.info().group(), process.config());
    }
    return isProgram(process)
        && (rule.of() instanceof ExitRule.Whose.Any || isLast(rule.end(), process));
  }

  /** Whether none of the others runs, or is going to. */
  private boolean isLast(ExitRule.End end, ManagedProcess process) {
    return table.processesByPriority().stream()
        .filter(other -> other != process && isProgram(other))
        .noneMatch(other -> isUp(other) || missesIts(end, other));
  }

  private static boolean isUp(ManagedProcess process) {
    return process.state().isRunning()
        || process.state() == ProcessState.STOPPING
        || process.isWaiting()
        || process.isDue();
  }

  /** For all to be FATAL, none may have ended otherwise. */
  private static boolean missesIts(ExitRule.End end, ManagedProcess process) {
    return end == ExitRule.End.FATAL && process.state() == ProcessState.EXITED;
  }

  /** Event listeners serve supervisord, and end with it. */
  private boolean isProgram(ManagedProcess process) {
    return table
        .group(process.info().group())
        .map(group -> !(group.config() instanceof GroupConfig.EventListeners))
        .orElse(true);
  }
}

package ee.supervisor.process;

import ee.supervisor.config.ProcessConfig;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.WaitStatus;
import ee.supervisor.protocol.Signals;

/** Tells the activity log what happens to one process, in the words that operators grep for. */
final class LifeLog {
  private final ProcessConfig config;
  private final ActivityLog log;

  LifeLog(ProcessConfig config, ActivityLog log) {
    this.config = config;
    this.log = log;
  }

  void spawned(int pid) {
    log.info("spawned: '" + config.name() + "' with pid " + pid);
  }

  void spawnError(String why) {
    log.info("spawnerr: " + why);
  }

  void stayedUp() {
    log.info(
        ("success: %s entered RUNNING state, process has stayed up for > than %d seconds"
                + " (startsecs)")
            .formatted(config.name(), config.start().minimumUptime().toSeconds()));
  }

  void gaveUp() {
    log.info(
        "gave up: " + config.name() + " entered FATAL state, too many start retries too quickly");
  }

  void waitingToStop() {
    log.info("waiting for " + config.name() + " to stop");
  }

  void killing(int pid, int signal, boolean group) {
    log.debug(
        "killing %s (pid %d) %swith signal %s"
            .formatted(config.name(), pid, group ? "process group " : "", Signals.name(signal)));
  }

  void stopTimedOut(int pid) {
    log.warn("killing '" + config.name() + "' (" + pid + ") with SIGKILL");
  }

  void inBackoff() {
    log.debug("Attempted to kill " + config.name() + ", which is in BACKOFF state.");
  }

  void sending(int pid, int signal) {
    log.debug("sending %s (pid %d) sig %s".formatted(config.name(), pid, Signals.name(signal)));
  }

  void stopped(WaitStatus status, boolean expected) {
    ended("stopped: " + config.name() + " (" + status.describe() + ")", expected);
  }

  void exited(WaitStatus status, boolean expected) {
    String outcome = expected ? "; expected)" : "; not expected)";
    ended("exited: " + config.name() + " (" + status.describe() + outcome, expected);
  }

  private void ended(String message, boolean expected) {
    if (expected) {
      log.info(message);
    } else {
      log.warn(message);
    }
  }

  /** Logs why a signal was not sent. */
  String notRunning(String attempt, int signal) {
    String message =
        "attempted to %s sig %s but it wasn't running"
            .formatted(attempt.formatted(config.name()), Signals.name(signal));
    log.debug(message);
    return message;
  }

  /** Logs that the kernel refused a signal. */
  String refused(String attempt, int pid, String why) {
    String message = "unknown problem %s %s (%d):%s".formatted(attempt, config.name(), pid, why);
    log.critical(message);
    return message;
  }
}

package ee.supervisor.launcher;

import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.getopt.UsageException;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.InheritedDescriptors;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.ReportingProcess;
import ee.supervisor.posix.WaitStatus;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Puts supervisord into the background. A JVM cannot fork, so the daemon is a second JVM; the first
 * one waits until that reports that it runs. What it complains about until then goes to the
 * terminal: stdout and stderr are the operator's as long.
 */
final class Daemon {
  private static final String PROPERTY = "supervisord.daemon";

  /** What supervisord itself ends with when it has said why. */
  private static final int TOLD = 2;

  private Daemon() {}

  /** Whether this JVM is the one in the background. */
  static boolean isThisProcess() {
    return Boolean.getBoolean(PROPERTY);
  }

  /**
   * Starts the daemon by this process's own command line, and returns once supervisord runs.
   *
   * @param heap how large the daemon's may become
   * @return 0 when it runs, 2 when it has ended and said why
   * @throws UsageException when it has ended and could not say
   */
  static int start(HeapSize heap) throws UsageException {
    try {
      ReportingProcess daemon =
          heap.addTo(JvmCommand.ofThisJvm())
              .with("-D" + PROPERTY + "=true")
              .with(InheritedDescriptors.STANDARD_ALONE)
              .start();
      if (daemon.awaitDone()) {
        return 0;
      }
      WaitStatus status = daemon.await();
      if (status.exitCode() == TOLD) {
        return TOLD;
      }
      throw new UsageException("supervisord ended before it was ready: " + status.describe());
    } catch (IOException e) {
      throw new UsageException("cannot start the daemon: " + e.getMessage(), e);
    }
  }

  /** Leaves terminal, directory and umask of whoever started it. */
  static void leaveTerminal(SupervisordConfig config, ActivityLog log) throws UsageException {
    log.info("daemonizing the supervisord process");
    if (config.directory().isPresent()) {
      try {
        CurrentProcess.changeDirectory(Path.of(config.directory().get()));
        log.info("set current directory: '" + config.directory().get() + "'");
      } catch (PosixException e) {
        log.critical("can't chdir into '" + config.directory().get() + "': " + e.getMessage());
      }
    }
    try {
      CurrentProcess.startSession();
    } catch (PosixException e) {
      throw new UsageException(e.getMessage(), e);
    }
    CurrentProcess.umask(config.umask());
  }

  /** Reports to the first JVM that supervisord runs, and lets go of all it has of the terminal. */
  static void ready() throws PosixException {
    CurrentProcess.detachStandardStreams();
    try {
      ReportingProcess.done();
    } catch (PosixException e) {
      // EPIPE: whoever started supervisord has been ended and waits no more; it runs all the same
    }
  }
}

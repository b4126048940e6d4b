package ee.supervisor.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.PosixException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts supervisord into the background. A JVM cannot fork, so the daemon is a second JVM; the first
 * one waits until that says that it runs, and passes on what it complains about and its exit code.
 *
 * <p>The daemon's stdout is how it says so; stderr stays the operator's until then.
 */
final class Daemon {
  private static final String PROPERTY = "supervisord.daemon";
  private static final String READY = "ready";

  private Daemon() {}

  /** Whether this JVM is the one in the background. */
  static boolean isThisProcess() {
    return Boolean.getBoolean(PROPERTY);
  }

  /**
   * Starts the daemon by this process's own command line.
   *
   * @return the exit code for this process: 0 once supervisord runs
   * @throws UsageException when there can be no second JVM
   */
  static int start() throws UsageException {
    try {
      Process daemon =
          new ProcessBuilder(command())
              .redirectInput(new File("/dev/null"))
              .redirectError(Redirect.INHERIT)
              .start();
      try (BufferedReader said = daemon.inputReader(UTF_8)) {
        return READY.equals(said.readLine()) ? 0 : daemon.waitFor();
      }
    } catch (IOException e) {
      throw new UsageException("cannot start the daemon: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UsageException("interrupted before the daemon was ready", e);
    }
  }

  private static List<String> command() throws IOException {
    List<String> command =
        new ArrayList<>(List.of(Files.readString(Path.of("/proc/self/cmdline")).split("\0", -1)));
    command.remove(command.size() - 1);
    command.set(0, Path.of("/proc/self/exe").toRealPath().toString());
    command.add(1, "-D" + PROPERTY + "=true");
    return command;
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

  /** Tells the first JVM that supervisord runs, and lets go of all it has of the terminal. */
  static void ready() throws PosixException {
    System.out.println(READY);
    System.out.flush();
    CurrentProcess.detachStandardStreams();
  }
}

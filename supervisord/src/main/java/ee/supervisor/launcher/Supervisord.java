package ee.supervisor.launcher;

import ee.supervisor.config.CheckReport;
import ee.supervisor.config.ConfigException;
import ee.supervisor.config.ConfigFile;
import ee.supervisor.config.ConfigSearchPath;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.Host;
import ee.supervisor.control.Version;
import ee.supervisor.getopt.UsageException;
import ee.supervisor.host.ThisMachine;
import ee.supervisor.launcher.foreign.ForeignFile;
import ee.supervisor.launcher.foreign.ImportException;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.ResidentMemory;
import ee.supervisor.rpc.PluginInterfaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The program supervisord: understands its command line, then does what that asks for. */
public final class Supervisord {
  private static final int USAGE = 2;

  /** Between what is given back of the memory: a start needs far more than a supervisor at rest. */
  private static final Duration REST = Duration.ofMinutes(1);

  private static final Duration FIRST_REST = Duration.ofSeconds(4);

  private final String program;
  private final Path home;

  private Supervisord(String program, Path home) {
    this.program = program;
    this.home = home;
  }

  /**
   * Ends the JVM with supervisord's exit code: 0, or 2 when it could not start. While supervisord
   * runs this does not return: were only daemon threads left, the JVM would end by itself, with 0.
   */
  public static void main(String[] args) {
    Supervisord supervisord =
        new Supervisord(
            System.getProperty("supervisord.program", "supervisord"),
            Path.of(System.getProperty("supervisord.home", "")).toAbsolutePath());
    Optional<Integer> exitCode = supervisord.run(args);
    if (exitCode.isPresent()) {
      System.exit(exitCode.get());
    }
    // the first requests bring some of it back
    ResidentMemory.trim();
    LockSupport.parkNanos(FIRST_REST.toNanos());
    ResidentMemory.trim();
    while (true) {
      // what of files has come back since then is in use
      LockSupport.parkNanos(REST.toNanos());
      ResidentMemory.trimHeap();
    }
  }

  /** Empty when supervisord runs: then it ends the JVM itself when it has stopped. */
  private Optional<Integer> run(String... args) {
    try {
      SupervisordOptions options = SupervisordOptions.parse(args);
      if (options.help()) {
        return Optional.of(StandardOutput.print(SupervisordOptions.helpText(program)));
      } else if (options.version()) {
        return Optional.of(StandardOutput.print(Version.SUPERVISOR + "\n"));
      } else if (options.check()) {
        return Optional.of(StandardOutput.print(CheckReport.json(file(options, true).load())));
      } else if (options.foreignFile().isPresent()) {
        String configuration = new ForeignFile(options.foreignFile().get()).toConfiguration();
        return Optional.of(StandardOutput.print(configuration));
      }
      return start(file(options, false));
    } catch (ConfigException | ImportException | UsageException e) {
      tell(e.getMessage());
      return Optional.of(USAGE);
    } catch (IOException | RuntimeException | Error e) {
      // an installation that is not whole, say
      tell("supervisord cannot start: " + reason(e));
      return Optional.of(USAGE);
    }
  }

  private static String reason(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return cause.getMessage() + " (some 30 threads are needed: ulimit -u, pids.max)";
      }
    }
    return error.toString();
  }

  private Optional<Integer> start(ConfigFile file)
      throws ConfigException, UsageException, IOException {
    SignalHandlers.hear();
    CurrentProcess.name("supervisord");
    Configuration configuration = file.load();
    PluginInterfaces.check(configuration.rpcInterfaces());
    boolean isDaemon = Daemon.isThisProcess();
    HeapSize heap = HeapSize.enoughFor(configuration);
    if (!configuration.supervisord().nodaemon() && !isDaemon) {
      CurrentProcess.exit(Daemon.start(heap));
    }
    heap.take();
    JvmCommand.ofThisJvm().show();
    new Run(file, configuration, home, this::tell).start(isDaemon);
    return Optional.empty();
  }

  private ConfigFile file(SupervisordOptions options, boolean textOnly) throws ConfigException {
    Host real = ThisMachine.host();
    Host host = textOnly ? real.unchecked() : real;
    if (options.configuration().isPresent()) {
      return new ConfigFile(options.configuration().get(), options.overrides(), host);
    }
    boolean isFirst = !Daemon.isThisProcess() && !HeapSize.isSized();
    if (host.uid() == 0 && !textOnly && isFirst) {
      System.err.println(
          "Warning: supervisord runs as root and takes its configuration from the first of several"
              + " places that has one, the current directory among them; -c with an absolute path"
              + " is safer.");
    }
    String found = ConfigSearchPath.find(program, host.currentDirectory());
    return new ConfigFile(found, options.overrides(), host);
  }

  private void tell(String error) {
    System.err.println("Error: " + error);
    System.err.println("For help, use " + program + " -h");
  }
}

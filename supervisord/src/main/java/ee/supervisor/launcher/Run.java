package ee.supervisor.launcher;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.ConfigSource;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.control.BrokenEngineException;
import ee.supervisor.control.Engine;
import ee.supervisor.control.EngineOptions;
import ee.supervisor.control.Handover;
import ee.supervisor.control.PendingAnswers;
import ee.supervisor.jmx.JmxRegistry;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.output.AutoLogFiles;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.PosixException;
import ee.supervisor.rpc.PluginInterfaces;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * One life of supervisord in this process, from a configuration that is right to its last child.
 */
final class Run {
  private static final int INIT = 1;
  private static final int FAILED = 2;

  /** How long the end waits for answers on their way, that of the shutdown call among them. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final ConfigSource source;
  private final Configuration configuration;
  private final Path home;
  private final Consumer<String> errors;
  private ActivityLog log;
  private volatile Pidfile pidfile;
  private Privileges privileges;
  private DoorOpener doors;
  private SignalHandlers signals;
  private volatile Engine running;

  /**
   * @param source where the configuration came from, for restarts
   * @param configuration to begin with
   * @param home where supervisord is installed
   * @param errors tells the operator why supervisord ends with an error
   */
  Run(ConfigSource source, Configuration configuration, Path home, Consumer<String> errors) {
    this.source = source;
    this.configuration = configuration;
    this.home = home;
    this.errors = errors;
  }

  /**
   * Starts everything, in the reference's order where that can be seen, children before doors.
   * Returns when supervisord runs; the JVM ends when it has stopped.
   *
   * @throws UsageException when it cannot start; no child was started then
   */
  void start(boolean asDaemon) throws UsageException {
    SupervisordConfig config = configuration.supervisord();
    privileges = Privileges.take(config);
    openLog(config);
    try {
      Thread.setDefaultUncaughtExceptionHandler(this::uncaught);
      tellBeginning(configuration);
      doors = DoorOpener.reserve(configuration.httpServers(), log, home);
      if (!hasPlugins()) {
        new ServerLines(log).tell(configuration);
      }
      signals = new SignalHandlers(log);
      signals.install(CurrentProcess.pid() == INIT);
      if (asDaemon) {
        Daemon.leaveTerminal(config, log);
      }
      pidfile = new Pidfile(Path.of(config.pidfile()));
      pidfile.write(CurrentProcess.pid(), log);
      Engine engine = startEngine();
      signals.attach(engine);
      doors.open(engine);
      if (asDaemon) {
        engine.started().toCompletableFuture().join();
        Daemon.ready();
      }
    } catch (UsageException | PosixException | IllegalStateException e) {
      abandon();
      throw e instanceof UsageException usage ? usage : new UsageException(e.getMessage(), e);
    }
  }

  private void openLog(SupervisordConfig config) throws UsageException {
    try {
      log = ActivityLog.open(ActivityLog.Settings.of(config));
    } catch (ConfigException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /**
   * What reading the configuration brought up, and the end of logs that no process has any more.
   */
  private void tellBeginning(Configuration beginning) {
    privileges.criticals().forEach(log::critical);
    beginning.warnings().forEach(log::warn);
    beginning.infos().forEach(log::info);
    privileges.infos().forEach(log::info);
    SupervisordConfig config = beginning.supervisord();
    if (!config.nocleanup()) {
      AutoLogFiles.cleanUp(Path.of(config.childlogdir()), config.identifier(), log);
    }
  }

  private Engine startEngine() throws PosixException, UsageException {
    Engine engine =
        new Engine(
            new EngineOptions(
                PluginInterfaces.checked(source),
                configuration,
                log,
                next -> restarted(running, next),
                CurrentProcess.pid() == INIT));
    running = engine;
    makeInterfaces(engine, configuration);
    if (hasPlugins()) {
      new ServerLines(log).tell(configuration);
    }
    engine.begin();
    // To load JMX takes longer than to start a child, and needs the processor all the same.
    engine
        .started()
        .thenRun(() -> JmxRegistry.start(engine, ManagementFactory::getPlatformMBeanServer, log));
    Handover.offer(engine);
    engine.stopped().whenComplete((done, error) -> end(error));
    return engine;
  }

  /** Interfaces of third parties are told of when they are made: they may fail. */
  private boolean hasPlugins() {
    return !configuration.rpcInterfaces().stream().allMatch(PluginInterfaces::isMain);
  }

  /** Before any process starts. Without a server there is nobody to call them. */
  private void makeInterfaces(Engine engine, Configuration beginning) throws UsageException {
    try {
      PluginInterfaces.offer(
          engine, beginning.httpServers().isEmpty() ? List.of() : beginning.rpcInterfaces(), log);
    } catch (ConfigException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** On the control loop, before the processes of {@code next} start. */
  private void restarted(Engine engine, Configuration next) {
    try {
      // limits, directory, umask and the step into the background are for the first start alone
      privileges = Privileges.takeAgain(next.supervisord());
      log.reconfigure(ActivityLog.Settings.of(next.supervisord()));
      tellBeginning(next);
      makeInterfaces(engine, next);
      doors.move(next.httpServers());
    } catch (ConfigException | UsageException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    signals.installForChildren(CurrentProcess.pid() == INIT);
    new ServerLines(log).tell(next);
    pidfile.remove();
    pidfile = new Pidfile(Path.of(next.supervisord().pidfile()));
    pidfile.write(CurrentProcess.pid(), log);
  }

  /** A thread that dies tells it where somebody will look, and never on the console. */
  private void uncaught(Thread thread, Throwable error) {
    if (thread.getName().startsWith("supervisor")) {
      log.critical("thread " + thread.getName() + " has ended: " + error);
    }
    System.getLogger(Run.class.getName())
        .log(System.Logger.Level.WARNING, "uncaught in thread " + thread.getName(), error);
  }

  private void abandon() {
    if (doors != null) {
      doors.close();
    }
    if (pidfile != null) {
      pidfile.remove();
    }
    log.close();
  }

  private static int exitCode(Throwable reason) {
    if (reason instanceof BrokenEngineException) {
      return BrokenEngineException.EXIT_CODE;
    }
    return reason == null ? 0 : FAILED;
  }

  /** Every child has stopped: nothing is left to do but to leave no trace. */
  private void end(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    Throwable reason = cause == null ? doors.failure().orElse(null) : cause;
    if (!PendingAnswers.await(FAREWELL)) {
      log.debug("a client that waits for an answer is left without");
    }
    abandon();
    if (reason != null) {
      errors.accept(reason.getMessage());
    }
    // Not exit(): Payara's way down takes longer than all before it, and may not have come up yet.
    Runtime.getRuntime().halt(exitCode(reason));
  }
}

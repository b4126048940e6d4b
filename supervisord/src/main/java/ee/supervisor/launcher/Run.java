package ee.supervisor.launcher;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.ConfigFile;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.control.BrokenEngineException;
import ee.supervisor.control.Engine;
import ee.supervisor.control.EngineOptions;
import ee.supervisor.control.Handover;
import ee.supervisor.control.PendingResponses;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.getopt.UsageException;
import ee.supervisor.host.ThisMachine;
import ee.supervisor.jmx.JmxRegistry;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.output.AutoLogFiles;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.Deference;
import ee.supervisor.posix.Environment;
import ee.supervisor.posix.PosixException;
import ee.supervisor.rpc.PluginInterfaces;
import ee.supervisor.telemetry.Telemetry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * One life of supervisord in this process, from a configuration that is right to its last child.
 */
final class Run {
  private static final int INIT = 1;
  private static final int FAILED = 2;

  /** How long the end waits for responses on their way, that of the shutdown call among them. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private static final Duration AHEAD_OF_PAYARA = Duration.ofMillis(50);

  private final ConfigFile source;
  private final Configuration configuration;
  private final Path home;
  private final Consumer<String> errors;
  private final FirstMoments firstMoments = new FirstMoments();
  private ActivityLog log;
  private volatile Pidfile pidfile;
  private Privileges privileges;
  private DoorOpener doors;
  private SignalHandlers signals;
  private volatile Engine running;
  private volatile Telemetry telemetry;
  private volatile Optional<ServiceManager> serviceManager = Optional.empty();

  /** Why the start failed after the engine had begun: it is stopped in order, then reports this. */
  private volatile Throwable failure;

  /**
   * @param source where the configuration came from, for restarts
   * @param configuration to begin with
   * @param home where supervisord is installed
   * @param errors shows the operator why supervisord ends with an error
   */
  Run(ConfigFile source, Configuration configuration, Path home, Consumer<String> errors) {
    this.source = source;
    this.configuration = configuration;
    this.home = home;
    this.errors = errors;
  }

  /**
   * Starts everything, in the reference's order where that can be seen, children before doors.
   * Returns when supervisord runs, or has begun to stop since something failed; the JVM ends when
   * it has stopped.
   *
   * @throws UsageException when it cannot start; no child was started then
   */
  void start(boolean asDaemon) throws UsageException {
    SupervisordConfig config = configuration.supervisord();
    privileges = Privileges.take(config);
    openLog(config);
    Thread.setDefaultUncaughtExceptionHandler(this::uncaught);
    try {
      prepare(config, asDaemon);
      startEngine();
    } catch (UsageException | PosixException | RuntimeException | Error e) {
      abandon();
      if (doors != null) {
        doors.leave();
      }
      throw e instanceof UsageException usage ? usage : new UsageException(said(e), e);
    }
    open(asDaemon);
  }

  /** All that comes before the first child. */
  private void prepare(SupervisordConfig config, boolean asDaemon)
      throws UsageException, PosixException {
    tellBeginning(configuration);
    pidfile = claim(config, asDaemon);
    doors = DoorOpener.reserve(configuration, log, home, RunDirectories.of(config));
    if (!hasPlugins()) {
      new ServerLines(log).tell(configuration);
    }
    signals = new SignalHandlers(log);
    signals.install(CurrentProcess.pid() == INIT);
    if (asDaemon) {
      Daemon.leaveTerminal(config, log);
    }
    pidfile.write(log);
  }

  private void open(boolean asDaemon) {
    running.started().thenRun(() -> firstMoments.begin());
    orStop(
        () -> {
          doors.open();
          if (asDaemon) {
            startReport();
          }
          bootPayara();
        });
  }

  /** While there are programs to be started, their start goes first. */
  private void bootPayara() {
    if (running.started().toCompletableFuture().isDone()) {
      doors.bootPayara();
      return;
    }
    Deference deference = Deference.begin();
    try {
      running.started().whenComplete((done, error) -> deference.close());
      doors.bootPayara();
    } finally {
      deference.close();
    }
  }

  /** Beside Payara's boot, which takes a second or two and is nothing to wait for. */
  private void startReport() {
    Thread report = new Thread(() -> orStop(this::reportReady), "supervisor-ready");
    report.setDaemon(true);
    report.start();
    try {
      // where nothing has to settle, the shell is not to wait for a processor that Payara has
      report.join(AHEAD_OF_PAYARA.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reportReady() throws PosixException {
    running.started().toCompletableFuture().join();
    firstMoments.await(running);
    if (running.state() != SupervisorState.SHUTDOWN) {
      Daemon.ready();
    }
  }

  /** An engine that runs is stopped in order, whatever fails around it. */
  private void orStop(Step step) {
    try {
      step.take();
    } catch (PosixException | RuntimeException | Error e) {
      if (running.state() == SupervisorState.SHUTDOWN) {
        return; // it is the end that took away what this needed
      }
      failure = e;
      log.critical("supervisord cannot go on: " + said(e));
      running.terminate();
    }
  }

  /** A part of the start that comes after the engine's. */
  private interface Step {
    void take() throws PosixException;
  }

  /**
   * Of two supervisords that start on one configuration, the second meets the first one's lock
   * before it meets its servers: the sentence is the reference's for those.
   */
  private Pidfile claim(SupervisordConfig config, boolean asDaemon) throws UsageException {
    // the file is made before the umask changes, and has its mode from that
    int umask = CurrentProcess.umask(0);
    CurrentProcess.umask(asDaemon ? config.umask() : umask);
    try {
      return Pidfile.claim(Path.of(config.pidfile()), Path.of(source.path()));
    } catch (Pidfile.ClaimedException e) {
      log.critical(e.getMessage());
      throw new UsageException(
          configuration.httpServers().isEmpty() ? e.getMessage() : OpenedServers.IN_USE, e);
    } finally {
      CurrentProcess.umask(umask);
    }
  }

  private static String said(Throwable error) {
    return error.getMessage() == null || error instanceof Error
        ? error.toString()
        : error.getMessage();
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

  private void startEngine() throws PosixException, UsageException {
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
    // Before it begins: a plug-in that holds it up then does not hold up a signal to end.
    signals.attach(engine);
    telemetry =
        new Telemetry(
            engine,
            engine.started(),
            home.resolve("lib/otlp"),
            Environment.ofThisProcess(),
            () -> ThisMachine.host().hostName());
    telemetry.follow(configuration);
    engine.begin();
    // To load JMX takes longer than to start a child, and needs the processor all the same.
    engine
        .started()
        .thenRun(() -> JmxRegistry.start(engine, ManagementFactory::getPlatformMBeanServer, log));
    engine
        .started()
        .thenRun(
            () -> serviceManager = ServiceManager.tell(engine, Environment.ofThisProcess(), log));
    Handover.offer(engine);
    engine.stopped().whenComplete((done, error) -> end(error));
  }

  /** Interfaces of third parties are logged when they are made: they may fail. */
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
      doors.move(next);
      telemetry.follow(next);
    } catch (ConfigException | UsageException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    signals.installForChildren(CurrentProcess.pid() == INIT);
    new ServerLines(log).tell(next);
    pidfile.remove();
    pidfile =
        Pidfile.claimAgain(Path.of(next.supervisord().pidfile()), Path.of(source.path()), log);
    pidfile.write(log);
  }

  /** A thread that dies is reported where somebody will look, and never on the console. */
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

  private int exitCode(Throwable reason) {
    if (reason instanceof BrokenEngineException) {
      return BrokenEngineException.EXIT_CODE;
    }
    return reason == null ? running.exitCode().orElse(0) : FAILED;
  }

  /** Every child has stopped: nothing is left to do but to leave no trace. */
  private void end(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    Throwable reason = cause == null ? failure : cause;
    int exitCode = FAILED;
    try {
      exitCode = exitCode(reason);
      if (!PendingResponses.await(FAREWELL)) {
        log.debug("a client that waits for a response is left without");
      }
      serviceManager.ifPresent(ServiceManager::awaitFarewell);
      if (telemetry != null) {
        telemetry.end();
      }
      abandon();
      if (reason != null) {
        errors.accept(said(reason));
      }
    } finally {
      halt(exitCode);
    }
  }

  /**
   * Not System.exit(): Payara's way down takes longer than all before it, and may not have come up.
   * Where {@code make-archive} rehearses a start, the JVM has to write the archive at its end.
   */
  private void halt(int exitCode) {
    try {
      doors.leave();
    } finally {
      if (!Boolean.getBoolean("supervisord.rehearsal")) {
        CurrentProcess.exit(exitCode);
      }
      Runtime.getRuntime().halt(exitCode);
    }
  }
}

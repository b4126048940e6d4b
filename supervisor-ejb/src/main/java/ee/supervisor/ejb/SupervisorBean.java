package ee.supervisor.ejb;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.ConfigFile;
import ee.supervisor.config.ConfigSearchPath;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.Host;
import ee.supervisor.config.Overrides;
import ee.supervisor.control.Engine;
import ee.supervisor.control.EngineOptions;
import ee.supervisor.control.Handover;
import ee.supervisor.host.ThisMachine;
import ee.supervisor.jmx.JmxRegistry;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.output.AutoLogFiles;
import ee.supervisor.posix.PosixException;
import ee.supervisor.rpc.PluginInterfaces;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens the application on the supervisor: on the one that the launcher has started already and
 * owns, or on one that it starts, which lives as long as the application is deployed.
 *
 * <p>Without the launcher the configuration is the file that the system property {@code
 * supervisord.conf} or the environment variable {@code SUPERVISORD_CONF} names, or the first in
 * Supervisor's search path.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class SupervisorBean {
  private static final String PROPERTY = "supervisord.conf";
  private static final String VARIABLE = "SUPERVISORD_CONF";

  @Inject private CdiEvents events;

  private Engine engine;
  private boolean owned;
  private boolean ownsLog;
  private Optional<JmxRegistry> beans = Optional.empty();

  @PostConstruct
  void begin() {
    Optional<Engine> running =
        Handover.current().filter(Engine.class::isInstance).map(Engine.class::cast);
    owned = running.isEmpty();
    engine = running.orElseGet(this::startEngine);
    events.attach(engine, engine.log()::log);
    if (owned) {
      // One that was running already is shown already.
      beans =
          Optional.of(
              JmxRegistry.start(engine, ManagementFactory::getPlatformMBeanServer, engine.log()));
    }
    StartUp.setComplete(true);
  }

  /**
   * Stops every process in order, and returns when they have stopped. Those of an engine that was
   * running already stay: a server that fails, or is started again, is no reason to end them.
   */
  @PreDestroy
  void end() {
    StartUp.setComplete(false);
    if (owned) {
      endEngine();
    }
  }

  private void endEngine() {
    beans.ifPresent(JmxRegistry::close);
    engine.terminate();
    engine.stopped().toCompletableFuture().join();
    Handover.withdraw(engine);
    if (ownsLog) {
      engine.log().close();
    }
  }

  private Engine startEngine() {
    try {
      Host host = ThisMachine.host();
      ConfigFile file = new ConfigFile(path(host), Overrides.none(), host);
      Configuration configuration = file.load();
      ActivityLog log = ActivityLog.open(ActivityLog.Settings.of(configuration.supervisord()));
      ownsLog = true;
      tell(configuration, log);
      Engine started =
          Engine.start(
              new EngineOptions(
                  PluginInterfaces.checked(file),
                  configuration,
                  log,
                  next -> restarted(next, log),
                  false));
      Handover.offer(started);
      return started;
    } catch (ConfigException | PosixException e) {
      throw new IllegalStateException("supervisord cannot start: " + e.getMessage(), e);
    }
  }

  private static String path(Host host) throws ConfigException {
    Optional<String> named =
        Optional.ofNullable(System.getProperty(PROPERTY))
            .or(() -> Optional.ofNullable(System.getenv(VARIABLE)));
    return named.isPresent()
        ? named.get()
        : ConfigSearchPath.find("supervisord", host.currentDirectory());
  }

  private static void restarted(Configuration next, ActivityLog log) {
    try {
      log.reconfigure(ActivityLog.Settings.of(next.supervisord()));
    } catch (ConfigException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    tell(next, log);
  }

  private static void tell(Configuration configuration, ActivityLog log) {
    configuration.warnings().forEach(log::warn);
    configuration.infos().forEach(log::info);
    if (configuration.otlp().isPresent()) {
      log.warn("otlp_endpoint has no effect in an application server: its own telemetry is there");
    }
    if (!configuration.supervisord().nocleanup()) {
      AutoLogFiles.cleanUp(
          Path.of(configuration.supervisord().childlogdir()),
          configuration.supervisord().identifier(),
          log);
    }
  }
}

package ee.supervisor.xmlrpc;

import ee.supervisor.access.AuditLog;
import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.control.Supervisor;
import ee.supervisor.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps what servers take from the configuration as it was when the supervisor started: as with the
 * reference, a {@code reread} changes neither passwords nor RPC interfaces, a restart does.
 *
 * <p>Safe for all threads.
 */
public final class OpenedSupervisor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OpenedSupervisor.class.getName());
  private static final int PLUGIN_THREADS = 16;
  private static final long IDLE_SECONDS = 30;

  private final Supplier<Optional<Supervisor>> running;
  private final MemoryBudget budget;
  private final Executor work;
  private final Executor logReaders;

  /** Where methods of third parties are called: whatever one waits for, it holds up its like. */
  private final ThreadPoolExecutor plugins;

  private volatile Opened opened;

  /**
   * What was configured.
   *
   * @param supervisor whose configuration it was
   * @param servers the server sections
   * @param access the users, and whether what they change is recorded
   * @param audit where that is recorded
   * @param methods what XML-RPC clients can call
   */
  public record Settings(
      Supervisor supervisor,
      List<HttpServerConfig> servers,
      AccessConfig access,
      AuditLog audit,
      MethodRegistry methods) {}

  private record Opened(Settings settings, AutoCloseable subscription) {}

  /**
   * Opens nothing before it is asked for something.
   *
   * @param running the supervisor that runs now, if there is one
   * @param work for what needs a processor, and may take some time
   * @param logReaders for what reads log files, which may take as long as a disk does
   */
  public OpenedSupervisor(
      Supplier<Optional<Supervisor>> running, Executor work, Executor logReaders) {
    this(running, MemoryBudget.ofProcess(), work, logReaders);
  }

  /** The same, within a budget of its own. */
  OpenedSupervisor(
      Supplier<Optional<Supervisor>> running,
      MemoryBudget budget,
      Executor work,
      Executor logReaders) {
    this.running = running;
    this.budget = budget;
    this.work = work;
    this.logReaders = logReaders;
    plugins =
        new ThreadPoolExecutor(
            PLUGIN_THREADS,
            PLUGIN_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            OpenedSupervisor::pluginThread);
    plugins.allowCoreThreadTimeOut(true);
  }

  private static Thread pluginThread(Runnable task) {
    Thread thread = new Thread(task, "supervisor-plugin");
    thread.setDaemon(true);
    return thread;
  }

  /** The settings of the running supervisor; read anew if it is another or has restarted. */
  public Optional<Settings> settings() {
    return running.get().map(this::settings);
  }

  /** What requests and responses are held within. */
  MemoryBudget budget() {
    return budget;
  }

  /** For what needs a processor. */
  Executor work() {
    return work;
  }

  /** For what reads log files. */
  Executor logReaders() {
    return logReaders;
  }

  private Settings settings(Supervisor supervisor) {
    Opened known = opened;
    return known != null && known.settings().supervisor() == supervisor
        ? known.settings()
        : open(supervisor);
  }

  private synchronized Settings open(Supervisor supervisor) {
    Opened known = opened;
    if (known != null && known.settings().supervisor() == supervisor) {
      return known.settings();
    }
    forget();
    AutoCloseable subscription = supervisor.subscribe(this::forgetWhenRestarted);
    Configuration configuration = supervisor.configuration();
    AccessConfig access = configuration.access();
    AuditLog audit = new AuditLog(supervisor.log(), access.isAudited(), access.auditLogfile());
    Settings settings =
        new Settings(
            supervisor,
            configuration.httpServers(),
            configuration.access(),
            audit,
            RpcInterfaces.open(supervisor, audit, budget, work, logReaders, plugins));
    opened = new Opened(settings, subscription);
    return settings;
  }

  private void forgetWhenRestarted(Event event) {
    if (event instanceof Event.SupervisorStateChanged change && change.running()) {
      work.execute(this::forget);
    }
  }

  private synchronized void forget() {
    Opened known = opened;
    opened = null;
    if (known != null) {
      try {
        known.subscription().close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, "cannot end a subscription", e);
      }
    }
  }

  @Override
  public void close() {
    forget();
    plugins.shutdown();
  }
}

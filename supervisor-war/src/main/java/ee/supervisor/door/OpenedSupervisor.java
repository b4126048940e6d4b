package ee.supervisor.door;

import ee.supervisor.access.AuditLog;
import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.control.Supervisor;
import ee.supervisor.door.xmlrpc.MethodRegistry;
import ee.supervisor.door.xmlrpc.RpcInterfaces;
import ee.supervisor.event.Event;
import java.util.List;

/**
 * Keeps what the doors take from the configuration as it was when the supervisor started: as with
 * the reference, a {@code reread} changes neither passwords nor RPC interfaces, a restart does.
 */
final class OpenedSupervisor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OpenedSupervisor.class.getName());

  private final DoorThreads threads;
  private volatile Settings settings;

  /**
   * What was configured.
   *
   * @param servers the server sections
   * @param access the users, and whether what they change is recorded
   * @param audit where that is recorded
   * @param methods what XML-RPC clients can call
   */
  record Settings(
      Supervisor supervisor,
      List<HttpServerConfig> servers,
      AccessConfig access,
      AuditLog audit,
      MethodRegistry methods,
      AutoCloseable subscription) {}

  OpenedSupervisor(DoorThreads threads) {
    this.threads = threads;
  }

  /** The settings for {@code supervisor}, read anew if it is another or has restarted. */
  Settings settings(Supervisor supervisor) {
    Settings known = settings;
    return known != null && known.supervisor() == supervisor ? known : open(supervisor);
  }

  private synchronized Settings open(Supervisor supervisor) {
    Settings known = settings;
    if (known != null && known.supervisor() == supervisor) {
      return known;
    }
    close();
    AutoCloseable subscription = supervisor.subscribe(this::forgetWhenRestarted);
    Configuration configuration = supervisor.configuration();
    AuditLog audit = new AuditLog(supervisor.log(), configuration.access().isAudited());
    settings =
        new Settings(
            supervisor,
            configuration.httpServers(),
            configuration.access(),
            audit,
            RpcInterfaces.open(supervisor, audit, threads.work(), threads.logReaders()),
            subscription);
    return settings;
  }

  private void forgetWhenRestarted(Event event) {
    if (event instanceof Event.SupervisorStateChanged change && change.running()) {
      threads.work().execute(this::close);
    }
  }

  @Override
  public synchronized void close() {
    Settings known = settings;
    settings = null;
    if (known != null) {
      try {
        known.subscription().close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, "cannot end a subscription", e);
      }
    }
  }
}

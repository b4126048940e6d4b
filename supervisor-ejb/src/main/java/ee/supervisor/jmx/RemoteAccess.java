package ee.supervisor.jmx;

import ee.supervisor.access.AuditLog;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.JmxConfig;
import ee.supervisor.output.ActivityLog;
import java.io.IOException;
import java.util.Optional;
import javax.management.MBeanServer;

/**
 * Keeps the remote connector the way the configuration has it.
 *
 * <p>Confined to the thread of {@link JmxRegistry}.
 */
final class RemoteAccess implements AutoCloseable {
  private final MBeanServer server;
  private final ActivityLog log;
  private Optional<JmxConfig> followed = Optional.empty();
  private boolean audited;
  private Optional<String> auditLogfile = Optional.empty();
  private Optional<JmxConnector> connector = Optional.empty();

  /** Nothing listens yet. */
  RemoteAccess(MBeanServer server, ActivityLog log) {
    this.server = server;
    this.log = log;
  }

  /**
   * Opens, moves or closes the connector if {@code wanted} is not what it was; one that cannot be
   * opened is logged, and supervisord goes on without.
   */
  void follow(Configuration configuration) {
    Optional<JmxConfig> wanted = configuration.jmx();
    boolean audit = configuration.access().isJmxAudited();
    Optional<String> file = configuration.access().auditLogfile();
    if (wanted.equals(followed) && audit == audited && file.equals(auditLogfile)) {
      return;
    }
    close();
    followed = wanted;
    audited = audit;
    auditLogfile = file;
    wanted.ifPresent(this::open);
  }

  private void open(JmxConfig config) {
    try {
      connector =
          Optional.of(
              JmxConnector.open(config, server, log, new AuditLog(log, audited, auditLogfile)));
      log.info(
          "jmx: listening on %s:%d%s"
              .formatted(
                  config.host(), config.port(), config.keystore().map(k -> " (TLS)").orElse("")));
    } catch (IOException | RuntimeException e) {
      log.error(
          "jmx: cannot listen on %s:%d: %s".formatted(config.host(), config.port(), reason(e)));
    }
  }

  /** RMI wraps what went wrong, a port in use for example. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }

  /** Closes the connector, if there is one. */
  @Override
  public void close() {
    if (connector.isPresent()) {
      try {
        connector.get().close();
      } catch (IOException e) {
        log.warn("jmx: the connector did not close properly: " + reason(e));
      }
      connector = Optional.empty();
    }
  }
}

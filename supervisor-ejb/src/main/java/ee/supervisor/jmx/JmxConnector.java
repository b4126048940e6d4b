package ee.supervisor.jmx;

import ee.supervisor.access.AuditLog;
import ee.supervisor.config.JmxConfig;
import ee.supervisor.output.ActivityLog;
import java.io.IOException;
import java.net.InetAddress;
import java.rmi.NoSuchObjectException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIClientSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.management.remote.rmi.RMIJRMPServerImpl;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import javax.security.auth.Subject;

/**
 * Serves the MBean server to remote clients: the {@code [jmx]} section, on one port of one address.
 */
final class JmxConnector implements AutoCloseable {
  /** What a stub has clients connect to; RMI reads it once in the life of a JVM. */
  private static final String ADVERTISED_HOST = "java.rmi.server.hostname";

  /**
   * What may be sent to an RMI registry; read once too. Names to look up, and nothing to be bound:
   * else any user of this machine could put an entry of their own in place of ours and be sent the
   * passwords.
   */
  private static final String REGISTRY_FILTER = "sun.rmi.registry.registryFilter";

  /** Where clients look, JConsole among them. */
  private static final String ENTRY = "jmxrmi";

  /**
   * Two strings in an array, or one that names an entry; how long they may be {@link GuardedSocket}
   * knows.
   */
  private static final String CREDENTIALS_FILTER =
      "maxarray=2;maxdepth=3;maxrefs=16;maxbytes=65536;java.lang.String;!*";

  private static final String NAMES_FILTER =
      "maxarray=0;maxdepth=3;maxrefs=16;maxbytes=65536;java.lang.String;!*";

  /** Of what clients send, only what our operations take and what JMX itself is made of. */
  private static final String SERIAL_FILTER =
      String.join(
          ";",
          "maxdepth=20",
          "maxarray=100000",
          "maxrefs=200000",
          "java.lang.*",
          "java.util.*",
          "javax.management.*",
          "javax.management.openmbean.*",
          "javax.management.relation.MBeanServerNotificationFilter",
          "java.rmi.MarshalledObject",
          "javax.security.auth.Subject",
          "!*");

  private final JMXConnectorServer server;
  private final Registry registry;

  private JmxConnector(JMXConnectorServer server, Registry registry) {
    this.server = server;
    this.registry = registry;
  }

  /**
   * Listens.
   *
   * @throws IOException when that is not possible: the port is in use, the key cannot be read
   */
  static JmxConnector open(JmxConfig config, MBeanServer beans, ActivityLog log, AuditLog audit)
      throws IOException {
    InetAddress address = InetAddress.getByName(config.host());
    if (System.getProperty(ADVERTISED_HOST) == null && !address.isAnyLocalAddress()) {
      System.setProperty(ADVERTISED_HOST, address.getHostAddress());
    }
    if (System.getProperty(REGISTRY_FILTER) == null) {
      System.setProperty(REGISTRY_FILTER, NAMES_FILTER);
    }
    BoundSockets sockets = BoundSockets.of(config, log::warn);
    RMIClientSocketFactory client =
        config.keystore().isPresent() ? new SslRMIClientSocketFactory() : null;
    Registry registry = LocateRegistry.createRegistry(config.port(), client, sockets);
    try {
      Map<String, Object> environment =
          Map.of(
              JMXConnectorServer.AUTHENTICATOR,
              knowing(new PasswordAuthenticator(config, log)),
              RMIConnectorServer.CREDENTIALS_FILTER_PATTERN,
              CREDENTIALS_FILTER,
              RMIConnectorServer.SERIAL_FILTER_PATTERN,
              SERIAL_FILTER);
      RMIJRMPServerImpl endpoint =
          new RMIJRMPServerImpl(config.port(), client, sockets, environment);
      RMIConnectorServer server =
          new RMIConnectorServer(
              new JMXServiceURL("rmi", config.host(), config.port()), environment, endpoint, beans);
      server.setMBeanServerForwarder(RoleGate.create(audit));
      server.start();
      registry.rebind(ENTRY, endpoint.toStub());
      return new JmxConnector(server, registry);
    } catch (IOException | RuntimeException e) {
      UnicastRemoteObject.unexportObject(registry, true);
      throw e;
    }
  }

  private static JMXAuthenticator knowing(JMXAuthenticator logins) {
    return credentials -> {
      Subject user = logins.authenticate(credentials);
      GuardedSocket.callerIsKnown();
      return user;
    };
  }

  /** Ends all connections and stops listening. */
  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } finally {
      try {
        UnicastRemoteObject.unexportObject(registry, true);
      } catch (NoSuchObjectException e) {
        // Not listening any more is what was wanted.
      }
    }
  }
}

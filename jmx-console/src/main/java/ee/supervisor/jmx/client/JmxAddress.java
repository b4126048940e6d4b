package ee.supervisor.jmx.client;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.rmi.ssl.SslRMIClientSocketFactory;

/**
 * Where a supervisord is reached by JMX: over the network, or on this machine by its process id.
 */
public sealed interface JmxAddress {

  /** What the JDK calls an RMI registry's socket factory when it looks a connector up there. */
  String REGISTRY_SOCKETS = "com.sun.jndi.rmi.factory.socket";

  /**
   * Connects; the caller closes.
   *
   * @param credentials user name and password, if any
   * @throws SecurityException when they are not right
   */
  JMXConnector connect(Optional<String[]> credentials) throws IOException;

  /**
   * Reads {@code service:jmx:...}, {@code jmx:PID}, or {@code jmx:HOST:PORT} as a short form of the
   * service URL that {@code [jmx]} opens.
   *
   * @return empty for any other text
   */
  static Optional<JmxAddress> parse(String text) {
    if (text.startsWith("service:jmx:")) {
      return Optional.of(new Remote(text));
    }
    if (!text.startsWith("jmx:")) {
      return Optional.empty();
    }
    String rest = text.substring("jmx:".length());
    if (!rest.isEmpty() && rest.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.of(new Local(rest));
    }
    return rest.contains(":")
        ? Optional.of(new Remote("service:jmx:rmi:///jndi/rmi://" + rest + "/jmxrmi"))
        : Optional.empty();
  }

  /**
   * A JMX connector somewhere.
   *
   * @param url a JMX service URL
   */
  record Remote(String url) implements JmxAddress {

    @Override
    public JMXConnector connect(Optional<String[]> credentials) throws IOException {
      JMXServiceURL service = new JMXServiceURL(url);
      Map<String, Object> environment = new HashMap<>();
      credentials.ifPresent(c -> environment.put(JMXConnector.CREDENTIALS, c));
      if (System.getProperty("javax.net.ssl.trustStore") != null) {
        // Who names a trust store means TLS; there is no asking for it in a service URL.
        environment.put(REGISTRY_SOCKETS, new SslRMIClientSocketFactory());
      }
      return open(service, environment);
    }
  }

  /**
   * A JVM on this machine, of the same user.
   *
   * @param pid its process id
   */
  record Local(String pid) implements JmxAddress {

    @Override
    public JMXConnector connect(Optional<String[]> credentials) throws IOException {
      try {
        VirtualMachine machine = VirtualMachine.attach(pid);
        try {
          return open(new JMXServiceURL(machine.startLocalManagementAgent()), Map.of());
        } finally {
          machine.detach();
        }
      } catch (AttachNotSupportedException e) {
        throw new IOException("process %s is no JVM: %s".formatted(pid, e.getMessage()), e);
      }
    }
  }

  @SuppressWarnings("BanJNDI") // the URL is the operator's own, as it is in JConsole
  private static JMXConnector open(JMXServiceURL url, Map<String, ?> environment)
      throws IOException {
    return JMXConnectorFactory.connect(url, environment);
  }
}

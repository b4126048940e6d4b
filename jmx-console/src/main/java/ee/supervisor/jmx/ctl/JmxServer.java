package ee.supervisor.jmx.ctl;

import ee.supervisor.client.HttpStatusException;
import ee.supervisor.client.RpcFault;
import ee.supervisor.client.Server;
import ee.supervisor.client.ServerUnreachableException;
import ee.supervisor.client.ServerUnreachableException.Reason;
import ee.supervisor.jmx.client.JmxAddress;
import ee.supervisor.jmx.client.SupervisorClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import javax.management.remote.JMXConnector;

/** Calls a supervisord by JMX. */
final class JmxServer implements Server {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final String LOGTAIL = "/logtail/";

  private final JmxAddress address;
  private final Optional<String[]> credentials;
  private Optional<JMXConnector> connector = Optional.empty();

  /** Connects when it is first used. */
  JmxServer(JmxAddress address, Optional<String[]> credentials) {
    this.address = address;
    this.credentials = credentials;
  }

  @Override
  public Object call(String method, Object... arguments) throws IOException, RpcFault {
    SupervisorClient supervisor = supervisor();
    try {
      return new RpcMethods(supervisor).call(method, new Arguments(List.of(arguments)));
    } catch (SecurityException e) {
      throw (IOException) new HttpStatusException(FORBIDDEN, e.getMessage()).initCause(e);
    }
  }

  @Override
  public InputStream follow(String path) throws IOException {
    if (path.equals("/mainlogtail")) {
      return new PolledLog(supervisor(), "", "stdout");
    }
    int slash = path.lastIndexOf('/');
    if (!path.startsWith(LOGTAIL) || slash < LOGTAIL.length()) {
      throw new HttpStatusException(NOT_FOUND, "Not Found");
    }
    return new PolledLog(
        supervisor(), path.substring(LOGTAIL.length(), slash), path.substring(slash + 1));
  }

  private SupervisorClient supervisor() throws IOException {
    if (connector.isEmpty()) {
      connector = Optional.of(connect());
    }
    return new SupervisorClient(connector.get().getMBeanServerConnection());
  }

  private JMXConnector connect() throws IOException {
    try {
      return address.connect(credentials);
    } catch (SecurityException e) {
      throw (IOException) new HttpStatusException(UNAUTHORIZED, "Unauthorized").initCause(e);
    } catch (IOException e) {
      throw new ServerUnreachableException(reason(e), e.getMessage(), e);
    }
  }

  /** RMI and JNDI wrap what went wrong. */
  private static Reason reason(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return Reason.REFUSED;
      }
      if (cause instanceof UnknownHostException) {
        return Reason.UNKNOWN_HOST;
      }
    }
    return Reason.OTHER;
  }

  @Override
  public void disconnect() {
    connector.ifPresent(JmxServer::close);
    connector = Optional.empty();
  }

  private static void close(JMXConnector connector) {
    try {
      connector.close();
    } catch (IOException e) {
      return; // the call has returned or failed already
    }
  }
}

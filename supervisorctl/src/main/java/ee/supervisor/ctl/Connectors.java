package ee.supervisor.ctl;

import ee.supervisor.ctl.rpc.Credentials;
import ee.supervisor.ctl.rpc.ServerUrl;
import ee.supervisor.ctl.rpc.XmlRpcServer;
import ee.supervisor.ctl.spi.Server;
import ee.supervisor.ctl.spi.ServerConnector;
import java.util.ServiceLoader;

/** Finds who can talk to the server of a URL. */
final class Connectors {

  private Connectors() {}

  /**
   * Makes a client.
   *
   * @throws ee.supervisor.ctl.rpc.UnknownProtocolException if nobody knows the URL's scheme
   */
  static Server connect(String url, Credentials credentials) {
    if (!url.startsWith("http://") && !url.startsWith("https://") && !url.startsWith("unix://")) {
      // looked for only now: a service loader reads the whole class path
      for (ServerConnector connector : ServiceLoader.load(ServerConnector.class)) {
        if (connector.accepts(url)) {
          return connector.connect(url, credentials.username(), credentials.password());
        }
      }
    }
    return new XmlRpcServer(ServerUrl.parse(url), credentials);
  }
}

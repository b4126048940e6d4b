package ee.supervisor.ctl;

import ee.supervisor.client.Credentials;
import ee.supervisor.client.Server;
import ee.supervisor.client.ServerConnector;
import ee.supervisor.client.ServerUrl;
import ee.supervisor.client.UnknownProtocolException;
import ee.supervisor.client.XmlRpcServer;
import ee.supervisor.plugin.PluginPath;
import java.io.IOException;
import java.util.ServiceLoader;

/** Finds who can talk to the server of a URL. */
final class Connectors {
  private static final String PATH_PROPERTY = "ee.supervisor.connectors";

  private Connectors() {}

  /**
   * Makes a client.
   *
   * @throws ee.supervisor.client.UnknownProtocolException if nobody knows the URL's scheme
   */
  static Server connect(String url, Credentials credentials) {
    if (!url.startsWith("http://") && !url.startsWith("https://") && !url.startsWith("unix://")) {
      // looked for only now: a service loader reads the whole class path
      for (ServerConnector connector : connectors()) {
        if (connector.accepts(url)) {
          return connector.connect(url, credentials.username(), credentials.password());
        }
      }
    }
    return new XmlRpcServer(ServerUrl.parse(url), credentials);
  }

  /** Those beside our own classes, and those in the place that the start-up script names. */
  private static Iterable<ServerConnector> connectors() {
    try {
      return ServiceLoader.load(
          ServerConnector.class, PluginPath.loader(System.getProperty(PATH_PROPERTY, "")));
    } catch (IOException e) {
      throw new UnknownProtocolException("plug-in path cannot be read: " + e.getMessage());
    }
  }
}

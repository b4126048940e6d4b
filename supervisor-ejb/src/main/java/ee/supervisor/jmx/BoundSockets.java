package ee.supervisor.jmx;

import ee.supervisor.config.JmxConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.server.RMIServerSocketFactory;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Makes the listening sockets of RMI on one address only, with or without TLS. RMI serves its
 * registry and its objects on one port if both are given the same instance.
 */
final class BoundSockets implements RMIServerSocketFactory {
  private static final int BACKLOG = 50;

  private final InetAddress address;
  private final ServerSocketFactory factory;

  private BoundSockets(InetAddress address, ServerSocketFactory factory) {
    this.address = address;
    this.factory = factory;
  }

  /**
   * As configured.
   *
   * @throws IOException when the host is unknown or the key cannot be used
   */
  static BoundSockets of(JmxConfig config) throws IOException {
    InetAddress address = InetAddress.getByName(config.host());
    Optional<JmxConfig.Keystore> keystore = config.keystore();
    return new BoundSockets(
        address,
        keystore.isEmpty()
            ? ServerSocketFactory.getDefault()
            : tls(keystore.get()).getServerSocketFactory());
  }

  private static SSLContext tls(JmxConfig.Keystore keystore) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(keystore.file()))) {
      char[] password = keystore.password().toCharArray();
      // Reads JKS too.
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "cannot use the key in %s: %s".formatted(keystore.file(), e.getMessage()), e);
    }
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return factory.createServerSocket(port, BACKLOG, address);
  }
}

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
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Makes the listening sockets of RMI on one address only, with or without TLS. RMI serves its
 * registry and its objects on one port if both are given the same instance.
 */
final class BoundSockets implements RMIServerSocketFactory {
  /** Each is a thread of RMI; a login takes some milliseconds. */
  private static final int MOST_STRANGERS = 128;

  private static final int MOST_STRANGERS_OF_ADDRESS = 64;

  private final InetAddress address;
  private final Optional<SSLContext> tls;
  private final Admissions admissions;

  private BoundSockets(InetAddress address, Optional<SSLContext> tls, Admissions admissions) {
    this.address = address;
    this.tls = tls;
    this.admissions = admissions;
  }

  /**
   * As configured.
   *
   * @param log gets a line about too many connections
   * @throws IOException when the host is unknown or the key cannot be used
   */
  static BoundSockets of(JmxConfig config, Consumer<String> log) throws IOException {
    Optional<JmxConfig.Keystore> keystore = config.keystore();
    return new BoundSockets(
        InetAddress.getByName(config.host()),
        keystore.isEmpty() ? Optional.empty() : Optional.of(tls(keystore.get())),
        new Admissions(MOST_STRANGERS_OF_ADDRESS, MOST_STRANGERS, log));
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
    return new GuardedServerSocket(port, address, tls, admissions);
  }
}

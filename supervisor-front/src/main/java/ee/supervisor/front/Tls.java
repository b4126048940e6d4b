package ee.supervisor.front;

import ee.supervisor.tls.ServerKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** How a listener speaks TLS, if it does: 1.2 and 1.3, by the JDK. */
final class Tls {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final Optional<ServerKey> key;
  private final Optional<SSLContext> context;

  /**
   * @throws IOException when the JDK cannot use the key
   */
  Tls(Optional<ServerKey> key) throws IOException {
    this.key = key;
    context = key.isEmpty() ? Optional.empty() : Optional.of(context(key.get()));
  }

  private static SSLContext context(ServerKey key) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "supervisord", key.key(), new char[0], key.chain().toArray(Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(keys.getKeyManagers(), null, null);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS with this key: " + e.getMessage(), e);
    }
  }

  /** One for a new connection; empty for plain HTTP. */
  Optional<SSLEngine> engine() {
    return context.map(
        made -> {
          SSLEngine engine = made.createSSLEngine();
          engine.setUseClientMode(false);
          engine.setEnabledProtocols(VERSIONS);
          return engine;
        });
  }

  /** Whether clients would see no difference. */
  boolean isLike(Tls other) {
    return key.equals(other.key);
  }
}

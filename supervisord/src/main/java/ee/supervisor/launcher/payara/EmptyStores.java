package ee.supervisor.launcher.payara;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;

/**
 * Spares Payara its own key store and its own list of certificate authorities: it would load both
 * at every start (0.2 s, for key derivation and 140 certificates), and make that list the one that
 * everything in this JVM trusts instead of the JDK's, which is the operator's to keep.
 *
 * <p>Confined to the thread that boots Payara.
 */
final class EmptyStores {
  /** Payara puts its own in place where none are. */
  private static final List<String> FILES = List.of("keystore.p12", "cacerts.p12");

  /** What Payara opens them with (its master password). */
  private static final char[] PASSWORD = "changeit".toCharArray();

  private static final List<String> PROPERTIES =
      List.of(
          "javax.net.ssl.keyStore",
          "javax.net.ssl.keyStorePassword",
          "javax.net.ssl.trustStore",
          "javax.net.ssl.trustStorePassword");

  private final List<String> values = PROPERTIES.stream().map(System::getProperty).toList();

  private EmptyStores() {}

  /**
   * Puts empty stores where Payara will look for them.
   *
   * @throws IOException when they cannot be written
   */
  static EmptyStores into(InstanceDirectory directory) throws IOException {
    byte[] empty = empty();
    for (String file : FILES) {
      directory.write(file, empty);
    }
    return new EmptyStores();
  }

  /** A JKS, whatever the file is called: of an empty one a digest is all that is checked. */
  private static byte[] empty() throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(null, null);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      store.store(bytes, PASSWORD);
      return bytes.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has JKS", e);
    }
  }

  /** Takes back what Payara has set in the JVM about its stores, once it has booted. */
  void forget() {
    HttpsURLConnection.setDefaultSSLSocketFactory(new JdkSocketFactory());
    for (int i = 0; i < PROPERTIES.size(); i++) {
      if (values.get(i) == null) {
        System.clearProperty(PROPERTIES.get(i));
      } else {
        System.setProperty(PROPERTIES.get(i), values.get(i));
      }
    }
  }
}

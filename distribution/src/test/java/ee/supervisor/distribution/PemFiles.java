package ee.supervisor.distribution;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of its own kind with its key, made by keytool and kept in two PEM files.
 *
 * @param certificate for 127.0.0.1
 */
record PemFiles(X509Certificate certificate) {
  private static final String PASSWORD = "changeit";

  /** Makes a new one; what the files held before is replaced. */
  static PemFiles make(Path certfile, Path keyfile)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path keystore = Files.createTempDirectory("pem").resolve("key.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String options =
        " -genkeypair -keyalg EC -alias a -dname CN=localhost -ext san=ip:127.0.0.1"
            + " -storetype PKCS12 -storepass changeit -keystore ";
    if (new ProcessBuilder((keytool + options + keystore).split(" ", -1)).start().waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keystore)) {
      store.load(in, PASSWORD.toCharArray());
    }
    Files.delete(keystore);
    Files.delete(keystore.getParent());
    X509Certificate certificate = (X509Certificate) store.getCertificate("a");
    write(certfile, "CERTIFICATE", certificate.getEncoded());
    write(keyfile, "PRIVATE KEY", store.getKey("a", PASSWORD.toCharArray()).getEncoded());
    return new PemFiles(certificate);
  }

  private static void write(Path file, String label, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, base64));
  }

  /** For clients that trust this certificate and no other. */
  SSLContext trusting() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("a", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}

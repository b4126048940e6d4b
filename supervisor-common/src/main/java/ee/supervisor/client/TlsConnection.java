package ee.supervisor.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Encrypts a connection; a class of its own, so that without https nothing of TLS is loaded. */
final class TlsConnection {
  private static final String TRUSTED = "SUPERVISORCTL_CA_FILE";

  private TlsConnection() {}

  /**
   * Shakes hands over a connection.
   *
   * <p>The server's certificate must carry the URL's host, and be trusted: by the JVM ({@code
   * javax.net.ssl.trustStore} names another store), or, where the environment has {@value
   * #TRUSTED}, by the PEM file that it names.
   *
   * @param channel connected, closed in case of failure
   * @param tcp whom to expect
   * @param limit how long to wait for the other side's next word; a server of plain HTTP takes our
   *     first one for the beginning of a request and waits for the rest
   * @return the encrypted connection
   * @throws IOException if the other side is not whom we expect, or speaks no TLS
   */
  static HttpConnection over(SocketChannel channel, ServerUrl.Tcp tcp, Duration limit)
      throws IOException {
    try {
      String trusted = System.getenv(TRUSTED);
      SSLSocketFactory factory =
          trusted == null || trusted.isEmpty()
              ? (SSLSocketFactory) SSLSocketFactory.getDefault()
              : trusting(Path.of(trusted));
      SSLSocket socket =
          (SSLSocket) factory.createSocket(channel.socket(), tcp.host(), tcp.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      shakeHands(socket, tcp, limit);
      return new HttpConnection(socket, socket.getInputStream(), socket.getOutputStream());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void shakeHands(SSLSocket socket, ServerUrl.Tcp tcp, Duration limit)
      throws IOException {
    socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
    try {
      socket.startHandshake();
    } catch (SocketTimeoutException e) {
      throw new IOException(
          "https://%s: no response to the TLS handshake after %d s; does the server speak http:// there?"
              .formatted(tcp.hostHeader(), limit.toSeconds()),
          e);
    } catch (SSLException e) {
      // JSSE has no class for it
      if (String.valueOf(e.getMessage()).startsWith("Unsupported or unrecognized")) {
        throw new IOException(
            "https://%s: the server's response is not TLS; does it speak http:// there?"
                .formatted(tcp.hostHeader()),
            e);
      }
      throw e;
    }
    // a response may take as long as a program takes to stop
    socket.setSoTimeout(0);
  }

  /**
   * Makes sockets that trust the certificates in a PEM file, and nobody else.
   *
   * @throws IOException if it cannot be read or holds none
   */
  static SSLSocketFactory trusting(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + store.size(), one);
      }
      if (store.size() == 0) {
        throw new IOException(
            "%s=%s: it holds no certificate: it has to be PEM, with BEGIN CERTIFICATE"
                .formatted(TRUSTED, file));
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (NoSuchFileException e) {
      throw new IOException("%s=%s: no such file".formatted(TRUSTED, file), e);
    } catch (GeneralSecurityException e) {
      throw new IOException("%s=%s: %s".formatted(TRUSTED, file, e.getMessage()), e);
    }
  }
}

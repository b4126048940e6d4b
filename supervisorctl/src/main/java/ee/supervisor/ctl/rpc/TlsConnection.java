package ee.supervisor.ctl.rpc;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Encrypts a connection; a class of its own, so that without https nothing of TLS is loaded. */
final class TlsConnection {

  private TlsConnection() {}

  /**
   * Shakes hands over a connection.
   *
   * <p>The server's certificate must be trusted by the JVM ({@code javax.net.ssl.trustStore} names
   * another store) and carry the URL's host.
   *
   * @param channel connected, closed in case of failure
   * @param tcp whom to expect
   * @return the encrypted connection
   * @throws IOException if the other side is not whom we expect, or speaks no TLS
   */
  static HttpConnection over(SocketChannel channel, ServerUrl.Tcp tcp) throws IOException {
    try {
      SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
      SSLSocket socket =
          (SSLSocket) factory.createSocket(channel.socket(), tcp.host(), tcp.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return new HttpConnection(socket, socket.getInputStream(), socket.getOutputStream());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}

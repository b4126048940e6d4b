package ee.supervisor.launcher.payara;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes TLS sockets that trust whom the JDK trusts, which it finds out with the first one: to load
 * the JDK's certificates takes longer than many a thing that never needs them.
 */
final class JdkSocketFactory extends SSLSocketFactory {

  private static SSLSocketFactory jdk() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return jdk().getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return jdk().getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return jdk().createSocket();
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    return jdk().createSocket(connected, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return jdk().createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return jdk().createSocket(host, port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return jdk().createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return jdk().createSocket(host, port, local, localPort);
  }
}

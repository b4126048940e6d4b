package ee.supervisor.jmx;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Listens for JMX; each connection is a {@link GuardedSocket}, beneath TLS if there is a key. */
final class GuardedServerSocket extends ServerSocket {
  private static final int BACKLOG = 50;

  private final Admissions admissions;
  private final Optional<SSLContext> tls;

  GuardedServerSocket(
      int port, InetAddress address, Optional<SSLContext> tls, Admissions admissions)
      throws IOException {
    super(port, BACKLOG, address);
    this.tls = tls;
    this.admissions = admissions;
  }

  @Override
  public Socket accept() throws IOException {
    GuardedSocket socket = new GuardedSocket(admissions);
    implAccept(socket);
    admissions.enter(socket);
    // the handshake comes with the first read, on the connection's own thread
    return tls.isPresent() ? tls.get().getSocketFactory().createSocket(socket, null, true) : socket;
  }
}

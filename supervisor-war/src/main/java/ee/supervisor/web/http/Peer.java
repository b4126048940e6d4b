package ee.supervisor.web.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The two ends of a client's connection.
 *
 * @param address the client's address
 * @param port the client's port
 * @param localPort the server's port
 */
public record Peer(InetAddress address, int port, int localPort) {

  /** The connection that {@code request} came by, whoever is said to be behind it. */
  public static Peer of(ServletRequest request) {
    if (request instanceof ServletRequestWrapper wrapper) {
      return of(wrapper.getRequest());
    }
    try {
      // a numeric address: nothing is looked up
      return new Peer(
          InetAddress.getAllByName(request.getRemoteAddr())[0],
          request.getRemotePort(),
          request.getLocalPort());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the container gives addresses as numbers", e);
    }
  }
}

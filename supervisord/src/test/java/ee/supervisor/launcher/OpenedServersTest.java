package ee.supervisor.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.getopt.UsageException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenedServersTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void aClientThatIsEarlyIsTakenAndWaits() throws Exception {
    int port = freePort();
    try (OpenedServers opened = OpenedServers.open(List.of(inet("127.0.0.1", port)));
        Socket client = new Socket(LOOPBACK, port)) {
      assertThat(client.isConnected()).isTrue();
      assertThat(opened.listeners()).hasSize(1);
    }
  }

  @Test
  void anAddressThatStaysIsKeptWithWhoWaitsOnIt() throws Exception {
    int stays = freePort();
    int goes = freePort();
    int comes = freePort();
    try (OpenedServers opened =
            OpenedServers.open(List.of(inet("127.0.0.1", stays), inet("127.0.0.1", goes)));
        Socket client = new Socket(LOOPBACK, stays)) {
      List<HttpServerConfig> next = List.of(inet("127.0.0.1", stays), inet("127.0.0.1", comes));
      OpenedServers.close(opened.leave(next));
      opened.add(next);
      client.getOutputStream().write('x');
      new Socket(LOOPBACK, comes).close();
      assertThatThrownBy(() -> new Socket(LOOPBACK, goes).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void thePortOfAnotherProgramIsAnError() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, LOOPBACK)) {
      List<HttpServerConfig> servers = List.of(inet("127.0.0.1", other.getLocalPort()));
      assertThatThrownBy(() -> OpenedServers.open(servers))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith("Another program is already listening on a port");
    }
  }

  @Test
  void anAddressOfAnotherMachineIsAnError() {
    List<HttpServerConfig> servers = List.of(inet("192.0.2.1", 9001));
    assertThatThrownBy(() -> OpenedServers.open(servers))
        .hasMessage("Cannot open an HTTP server: socket.error reported errno.EADDRNOTAVAIL (99)");
  }

  private static HttpServerConfig inet(String host, int port) {
    return new HttpServerConfig.Inet(
        "inet_http_server", host, port, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, LOOPBACK)) {
      return probe.getLocalPort();
    }
  }
}

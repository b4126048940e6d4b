package ee.supervisor.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.config.HttpServerConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenedServersTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void aReservedPortRefusesClientsAndCanStillBeListenedOn() throws Exception {
    int port = freePort();
    try (OpenedServers reserved = OpenedServers.open(List.of(inet("127.0.0.1", port)))) {
      assertThat(reserved.takeSocketFile()).isEmpty();
      assertThatThrownBy(() -> new Socket(LOOPBACK, port).close())
          .isInstanceOf(ConnectException.class);
      try (ServerSocket payara = new ServerSocket()) {
        payara.setReuseAddress(true);
        payara.bind(new InetSocketAddress(LOOPBACK, port));
        new Socket(LOOPBACK, port).close();
      }
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

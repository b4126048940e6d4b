package ee.supervisor.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTableTest {

  private static Long unconfirmed(Peer peer) {
    return ConnectionTable.read().orElseThrow().get(peer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void whatAClientHasNotTakenIsKnownUntilItLeaves(String address) throws Exception {
    InetAddress loopback = InetAddress.getAllByName(address)[0];
    try (ServerSocket listening = new ServerSocket(0, 1, loopback);
        Socket client = new Socket(loopback, listening.getLocalPort());
        Socket server = listening.accept()) {
      Peer peer = new Peer(loopback, client.getLocalPort(), listening.getLocalPort());
      assertThat(unconfirmed(peer)).isZero();

      Thread writer = new Thread(() -> writeForEver(server));
      writer.start();
      await().untilAsserted(() -> assertThat(unconfirmed(peer)).isPositive());

      client.shutdownOutput();
      await().untilAsserted(() -> assertThat(unconfirmed(peer)).isNull());
    }
  }

  private static void writeForEver(Socket socket) {
    try {
      while (true) {
        socket.getOutputStream().write(new byte[65_536]);
      }
    } catch (IOException e) {
      // the other side has left
      return;
    }
  }
}

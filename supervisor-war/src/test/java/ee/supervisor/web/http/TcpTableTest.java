package ee.supervisor.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.posix.OwnSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpTableTest {

  private static Long inode(Peer peer) {
    return TcpTable.read().orElseThrow().get(peer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void whatAClientHasNotTakenIsKnownUntilItLeaves(String address) throws Exception {
    InetAddress loopback = InetAddress.getAllByName(address)[0];
    try (ServerSocket listening = new ServerSocket(0, 1, loopback);
        Socket client = new Socket(loopback, listening.getLocalPort());
        Socket server = listening.accept()) {
      Peer peer = new Peer(loopback, client.getLocalPort(), listening.getLocalPort());
      OwnSocket socket = OwnSocket.ofInode(inode(peer)).orElseThrow();
      assertThat(socket.unconfirmed()).hasValue(0);

      Thread writer = new Thread(() -> writeForEver(server));
      writer.start();
      await().until(() -> socket.unconfirmed().orElseThrow() > 100_000);

      client.shutdownOutput();
      await().untilAsserted(() -> assertThat(inode(peer)).isNull());
      server.setSoLinger(true, 0);
      client.setSoLinger(true, 0);
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

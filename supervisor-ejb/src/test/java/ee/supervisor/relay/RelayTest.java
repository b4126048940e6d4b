package ee.supervisor.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.SocketOwner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayTest {
  private ServerSocket server;
  private SocketFile socket;
  private Relay relay;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    server = new ServerSocket(0, 2000, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    socket =
        SocketFile.bind(
            new HttpServerConfig.Unix(
                "unix_http_server",
                directory.resolve("s.sock").toString(),
                0700,
                SocketOwner.UNCHANGED,
                Optional.empty(),
                Optional.empty()));
    relay = new Relay(socket, server.getLocalPort());
  }

  @AfterEach
  void stop() throws Exception {
    relay.close();
    server.close();
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket.path()));
  }

  private static void send(SocketChannel client, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      client.write(buffer);
    }
  }

  private static byte[] receive(SocketChannel client, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = client.read(buffer);
    }
    return buffer.array();
  }

  @Test
  void bytesPassUnchangedInBothDirectionsHoweverManyThereAre() throws Exception {
    relay.start();
    byte[] sent = new byte[5_000_000];
    new Random(1).nextBytes(sent);
    try (SocketChannel client = connect();
        Socket accepted = server.accept()) {
      CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> echo(accepted, sent.length));
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  send(client, sent);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(receive(client, sent.length)).isEqualTo(sent);
      CompletableFuture.allOf(echo, sending).join();
    }
  }

  private static void echo(Socket socket, int count) {
    try {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int total = 0; total < count; ) {
        int read = in.read(buffer);
        out.write(buffer, 0, read);
        total += read;
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theRelaysConnectionsAreKnownByTheirPortAndNoOthers() throws Exception {
    relay.start();
    try (SocketChannel client = connect();
        Socket relayed = server.accept();
        Socket stranger = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      assertThat(client.isConnected() && stranger.isConnected()).isTrue();
      assertThat(RelayedPorts.contains("127.0.0.1", relayed.getPort())).isTrue();
      assertThat(RelayedPorts.contains("127.0.0.2", relayed.getPort())).isFalse();
      assertThat(RelayedPorts.contains("127.0.0.1", accepted.getPort())).isFalse();
    }
  }

  @Test
  void aPortIsForgottenWithItsConnection() throws Exception {
    relay.start();
    int port;
    try (SocketChannel client = connect();
        Socket relayed = server.accept()) {
      port = relayed.getPort();
      assertThat(client.isConnected()).isTrue();
    }
    await().until(() -> !RelayedPorts.contains("127.0.0.1", port));
  }

  @Test
  void theEndOfEitherSideReachesTheOther() throws Exception {
    relay.start();
    SocketChannel leaving = connect();
    try (Socket relayed = server.accept()) {
      leaving.close();
      assertThat(relayed.getInputStream().read()).isEqualTo(-1);
    }
    try (SocketChannel client = connect()) {
      Socket relayed = server.accept();
      relayed.getOutputStream().write('x');
      relayed.close();
      assertThat(receive(client, 1)).isEqualTo(new byte[] {'x'});
      assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void aClientThatComesBeforeTheRelayStartsIsServedLater() throws Exception {
    try (SocketChannel client = connect()) {
      send(client, new byte[] {'h', 'i'});
      relay.start();
      try (Socket relayed = server.accept()) {
        assertThat(relayed.getInputStream().readNBytes(2)).isEqualTo(new byte[] {'h', 'i'});
      }
    }
  }

  @Test
  void aThousandIdleConnectionsNeedOneThread() throws Exception {
    relay.start();
    // what other tests of this JVM have left is not of these clients' making
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    List<AutoCloseable> open = new ArrayList<>();
    try {
      for (int i = 0; i < 1000; i++) {
        open.add(connect());
        open.add(server.accept());
      }
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !before.contains(thread))
          .hasSizeLessThan(10);
      try (SocketChannel late = connect();
          Socket relayed = server.accept()) {
        send(late, new byte[] {'y'});
        assertThat(relayed.getInputStream().read()).isEqualTo('y');
      }
    } finally {
      for (AutoCloseable each : open) {
        each.close();
      }
    }
  }
}

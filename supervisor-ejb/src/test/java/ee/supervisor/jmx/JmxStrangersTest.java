package ee.supervisor.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has no password gets no memory, no threads, and in nobody's way. */
class JmxStrangersTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final byte[] STREAM_PROTOCOL = {'J', 'R', 'M', 'I', 0, 2, 0x4b};

  @TempDir private Path directory;
  private final List<Socket> opened = new ArrayList<>();
  private int port;
  private ShownEngine shown;

  @BeforeEach
  void start() throws Exception {
    port = FreePort.onLoopback();
    shown =
        new ShownEngine(
            directory, "[jmx]\nport=%d\nusername=root\npassword=boss\n".formatted(port));
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : opened) {
      socket.close();
    }
    shown.close();
  }

  @Test
  void credentialsThatAreNotTwoStringsAreNotEvenRead() {
    assertThatThrownBy(() -> login(new String[] {"root", "boss", "more"}))
        .hasStackTraceContaining("filter status: REJECTED");
    assertThatThrownBy(() -> login(new java.util.HashMap<String, String>()))
        .hasStackTraceContaining("REJECTED");
    assertThatThrownBy(() -> login(new String[][] {{"root"}, {"boss"}}))
        .hasMessageContaining("a user name and a password");
  }

  @Test
  void credentialsOfManyMegabytesEndTheConnection() throws Exception {
    assertThatThrownBy(() -> login(new String[2_000_000])).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> login(new String[] {"root", "x".repeat(20_000_000)}))
        .isInstanceOf(IOException.class);
    assertUsersAreServed();
  }

  @Test
  void hundredsOfConnectionsAreFewThreadsAndUsersAreServed() throws Exception {
    for (int i = 0; i < 400; i++) {
      open(LOOPBACK).getOutputStream().write(STREAM_PROTOCOL);
    }
    assertUsersAreServed();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("RMI TCP Connection"))
        .hasSizeLessThan(150);
    shown.running().awaitLogged("jmx: too many connections that have not logged in");
  }

  @Test
  void aCrowdOfOneAddressPushesOutNobodyOfAnother() throws Exception {
    Socket other = open(InetAddress.getByName("127.0.0.2"));
    other.getOutputStream().write(STREAM_PROTOCOL);
    for (int i = 0; i < 200; i++) {
      open(LOOPBACK);
    }
    other.setSoTimeout(500);
    assertThat(other.getInputStream().readNBytes(1)).containsExactly(0x4e);
    assertThatThrownBy(() -> other.getInputStream().readAllBytes())
        .isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void whoSaysNothingOrSaysItTooSlowlyIsNotWaitedFor() throws Exception {
    Socket silent = open(LOOPBACK);
    Socket slow = open(LOOPBACK);
    slow.getOutputStream().write(STREAM_PROTOCOL);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 120; i++) {
                slow.getOutputStream().write(0x50);
                Thread.sleep(500);
              }
            })
        .isInstanceOf(IOException.class);
    silent.setSoTimeout(60_000);
    assertThat(silent.getInputStream().read()).isEqualTo(-1);
  }

  private Socket open(InetAddress from) throws IOException {
    Socket socket = new Socket();
    opened.add(socket);
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(LOOPBACK, port));
    return socket;
  }

  private void assertUsersAreServed() throws Exception {
    try (JMXConnector connector = login(new String[] {"root", "boss"})) {
      assertThat(
              connector.getMBeanServerConnection().getAttribute(BeanNames.SUPERVISOR, "StateName"))
          .isEqualTo("RUNNING");
    }
  }

  @SuppressWarnings("BanJNDI") // the address is the test's own
  private JMXConnector login(Object credentials) throws IOException {
    return JMXConnectorFactory.connect(
        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"),
        Map.of(JMXConnector.CREDENTIALS, credentials));
  }
}

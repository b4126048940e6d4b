package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static ee.supervisor.testing.Requirement.PYTHON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FastCGI groups: one listening socket, given to every process as its descriptor 0. */
@Requires(PYTHON)
class FastCgiTest {
  /** Answers each connection on descriptor 0 with its own process id. */
  private static final String ACCEPTOR =
      "python3 -c \"import os,socket;s=socket.socket(fileno=0);exec('while 1:\\n c=s.accept()[0];"
          + "c.send(str(os.getpid()).encode());c.close()')\"";

  @TempDir private Path directory;

  @Test
  void theProcessesOfAGroupShareAUnixSocketWithItsMode() throws IOException {
    try (RunningEngine supervisor =
        start("unix://@DIR@/f.sock", "socket_mode=0660\nsocket_backlog=5\n")) {
      supervisor.awaitState("f:f1", ProcessState.RUNNING);
      Path socket = directory.resolve("f.sock");

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-rw----");
      Set<String> pids = Set.of(pid(supervisor, "f:f0"), pid(supervisor, "f:f1"));
      Set<String> responded = new HashSet<>();
      await()
          .untilAsserted(
              () -> {
                responded.add(ask(socket));
                assertThat(responded).isSubsetOf(pids);
              });
    }
  }

  @Test
  void theSocketClosesWithTheLastProcessAndOpensWithTheFirst() throws IOException {
    int port = freePort();
    try (RunningEngine supervisor = start("tcp://127.0.0.1:" + port, "")) {
      supervisor.awaitState("f:f1", ProcessState.RUNNING);
      await().untilAsserted(() -> assertThat(ask(port)).isNotEmpty());

      response(supervisor.engine().stopProcess("f:f0", true));
      assertThat(ask(port)).isEqualTo(pid(supervisor, "f:f1"));
      response(supervisor.engine().stopProcess("f:f1", true));
      assertThatThrownBy(() -> ask(port)).isInstanceOf(IOException.class);

      response(supervisor.engine().startProcess("f:f0", true));
      await().untilAsserted(() -> assertThat(ask(port)).isEqualTo(pid(supervisor, "f:f0")));
      supervisor.awaitLogged("Creating socket tcp://127.0.0.1:" + port, "Closing socket tcp://");
    }
  }

  @Test
  void aKilledProcessGetsTheSameSocketAgain() throws Exception {
    int port = freePort();
    try (RunningEngine supervisor = start("tcp://127.0.0.1:" + port, "")) {
      supervisor.awaitState("f:f0", ProcessState.RUNNING);
      supervisor.awaitState("f:f1", ProcessState.RUNNING);
      int killed = supervisor.info("f:f0").pid();

      response(supervisor.engine().signalProcess("f:f0", "KILL"));

      await()
          .until(
              () -> supervisor.info("f:f0").pid() > 0 && supervisor.info("f:f0").pid() != killed);
      await().untilAsserted(() -> assertThat(ask(port)).isNotEmpty());
    }
  }

  @Test
  void aSocketThatIsTakenEndsTheStartWithItsName() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "tcp://127.0.0.1:" + taken.getLocalPort();
      assertThatThrownBy(() -> start(url, ""))
          .hasMessageContaining("Could not create FastCGI socket " + url);
    }
  }

  private RunningEngine start(String url, String more) {
    return RunningEngine.start(
        directory,
        """
        [fcgi-program:f]
        command=%s
        socket=%s
        numprocs=2
        process_name=%%(program_name)s%%(process_num)d
        startsecs=0
        """
                .formatted(ACCEPTOR, url)
            + more);
  }

  private static String pid(RunningEngine supervisor, String name) {
    return Integer.toString(supervisor.info(name).pid());
  }

  private static String ask(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static String ask(Path path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(path));
      try (InputStream in = Channels.newInputStream(channel)) {
        return new String(in.readAllBytes(), UTF_8);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}

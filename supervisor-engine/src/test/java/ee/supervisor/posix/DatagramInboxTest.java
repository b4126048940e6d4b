package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.testing.Requirement;
import ee.supervisor.testing.Requires;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatagramInboxTest {
  private static DatagramInbox.Datagram next(DatagramInbox inbox) throws PosixException {
    Optional<DatagramInbox.Datagram> received = inbox.receive();
    return received.orElseThrow();
  }

  private static void send(DatagramInbox inbox, byte[] data) throws PosixException {
    try (UnixDatagram sender = UnixDatagram.connect(Path.of(inbox.name()))) {
      sender.send(ByteBuffer.allocateDirect(data.length).put(data).flip());
    }
  }

  @Test
  void theKernelSaysWhoHasSentADatagram() throws Exception {
    try (DatagramInbox inbox = DatagramInbox.open("supervisord-test/")) {
      assertThat(inbox.receive()).isEmpty();
      send(inbox, new byte[] {'a', 'b'});

      DatagramInbox.Datagram received = next(inbox);
      assertThat(received.data().text()).isEqualTo("ab");
      assertThat(received.pid()).isEqualTo(CurrentProcess.pid());
      assertThat(received.uid()).isEqualTo(CurrentProcess.uid());
      assertThat(received.whole()).isTrue();
      assertThat(inbox.receive()).isEmpty();
    }
  }

  @Test
  void oneThatIsTooLongIsSaidNotToBeWhole() throws Exception {
    try (DatagramInbox inbox = DatagramInbox.open("supervisord-test/")) {
      send(inbox, new byte[5000]);
      send(inbox, new byte[0]);
      assertThat(next(inbox).whole()).isFalse();
      assertThat(next(inbox).data().length()).isZero();
    }
  }

  @Test
  @Requires(Requirement.PYTHON)
  void descriptorsThatComeAlongAreClosed() throws Exception {
    try (DatagramInbox inbox = DatagramInbox.open("supervisord-test/")) {
      // the sender's pipe ends when nobody has the other end any more, in the queue neither
      Process sender =
          new ProcessBuilder(
                  "python3",
                  "-c",
                  """
                  import array, os, socket, sys
                  r, w = os.pipe()
                  s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                  rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [w] * 20))]
                  s.sendmsg([b'BARRIER=1'], rights, 0, sys.argv[1].replace('@', '\\0', 1))
                  os.close(w)
                  sys.exit(len(os.read(r, 1)))
                  """,
                  inbox.name())
              .start();
      int before = OpenDescriptors.numbers().length;
      await().until(() -> inbox.receive().isPresent());
      assertThat(sender.waitFor()).isZero();
      assertThat(OpenDescriptors.numbers().length).isLessThanOrEqualTo(before);
    }
  }
}

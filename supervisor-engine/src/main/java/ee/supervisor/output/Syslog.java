package ee.supervisor.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.clock.LocalTime;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.UnixDatagram;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Sends lines to the host's syslog, as libc's syslog(3) does for Supervisor: facility user,
 * severity info, tag {@code supervisord}. What cannot be sent is gone: syslog never disturbs
 * anything.
 */
final class Syslog implements AutoCloseable {
  /** What rsyslog takes as one message unless configured otherwise. */
  private static final int MAX_MESSAGE_BYTES = 8 << 10;

  /** Leaves room for text behind even the longest process name. */
  private static final int MAX_HEADER_BYTES = 1 << 10;

  private static final int USER_INFO = 14;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

  /** One a thread, not one a log: a thousand programs may log here. */
  private static final ThreadLocal<ByteBuffer> MESSAGE =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(MAX_MESSAGE_BYTES));

  private final Path socket;
  private Optional<UnixDatagram> connection = Optional.empty();

  Syslog() {
    this(Path.of("/dev/log"));
  }

  Syslog(Path socket) {
    this.socket = socket;
  }

  /**
   * Sends each line of {@code text} as a message; line ends at its end don't count.
   *
   * @param prefix put before each line
   */
  void sendLines(String prefix, byte[] text) {
    int end = text.length;
    while (end > 0 && text[end - 1] == '\n') {
      end--;
    }
    byte[] header = header(prefix);
    int start = 0;
    for (int i = 0; i <= end; i++) {
      if (i == end || text[i] == '\n') {
        sendLine(header, text, start, i);
        start = i + 1;
      }
    }
  }

  private void sendLine(byte[] header, byte[] text, int from, int to) {
    int start = from;
    do {
      ByteBuffer message = MESSAGE.get();
      message.clear().put(header);
      int length = Math.min(to - start, message.remaining());
      message.put(text, start, length).flip();
      send(message);
      start += length;
    } while (start < to);
  }

  private void send(ByteBuffer message) {
    if (!trySend(message)) {
      // syslogd was restarted, or rotated its socket: a new connection finds it.
      close();
      trySend(message);
    }
  }

  private boolean trySend(ByteBuffer message) {
    try {
      if (connection.isEmpty()) {
        connection = Optional.of(UnixDatagram.connect(socket));
      }
      connection.get().send(message);
      return true;
    } catch (PosixException e) {
      return false;
    }
  }

  private static byte[] header(String prefix) {
    String now = STAMP.format(LocalTime.of(Instant.now()));
    byte[] header = ("<" + USER_INFO + ">" + now + " supervisord: " + prefix).getBytes(UTF_8);
    return Arrays.copyOf(header, Math.min(header.length, MAX_HEADER_BYTES));
  }

  @Override
  public void close() {
    connection.ifPresent(UnixDatagram::close);
    connection = Optional.empty();
  }
}

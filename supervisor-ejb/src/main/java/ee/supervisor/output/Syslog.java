package ee.supervisor.output;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Sends lines to the host's syslog, as libc's syslog(3) does for Supervisor: facility user,
 * severity info, tag {@code supervisord}. What cannot be sent is gone: syslog never disturbs
 * anything.
 */
final class Syslog implements AutoCloseable {
  /** What rsyslog takes as one message unless told otherwise. */
  private static final int MAX_MESSAGE_BYTES = 8 << 10;

  private static final int USER_INFO = 14;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

  private final SyslogSocket socket = new SyslogSocket();

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
      int length = Math.min(to - start, MAX_MESSAGE_BYTES - header.length);
      ByteArrayOutputStream message = new ByteArrayOutputStream(header.length + length);
      message.writeBytes(header);
      message.write(text, start, length);
      socket.send(message.toByteArray());
      start += length;
    } while (start < to);
  }

  private static byte[] header(String prefix) {
    String now = STAMP.format(ZonedDateTime.now(ZoneId.systemDefault()));
    byte[] fixed = ("<" + USER_INFO + ">" + now + " supervisord: ").getBytes(US_ASCII);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes(fixed);
    header.writeBytes(prefix.getBytes(UTF_8));
    return header.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
  }
}

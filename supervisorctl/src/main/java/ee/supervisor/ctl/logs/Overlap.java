package ee.supervisor.ctl.logs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Leaves out of a log that is followed what has been shown before: a server sends the last kilobyte
 * of it once more.
 */
final class Overlap {
  /** What a server sends again at most, Supervisor's too. */
  static final int MAX = 1024;

  private Overlap() {}

  /**
   * A log that goes on behind what is known of it.
   *
   * @param log as the server sends it
   * @param shown the end of what has been shown
   * @return never fails while it is made: what goes wrong shows when it is read
   */
  static InputStream after(InputStream log, String shown) {
    return new InputStream() {
      private InputStream rest;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        if (rest == null) {
          byte[] first = new byte[MAX];
          int got = shown.isEmpty() ? 0 : Math.max(0, log.read(first));
          byte[] sent = Arrays.copyOf(first, got);
          int known = length(end(shown), sent);
          rest = new SequenceInputStream(new ByteArrayInputStream(sent, known, got - known), log);
        }
        return rest.read(buffer, offset, length);
      }
    };
  }

  private static byte[] end(String shown) {
    String end = shown.substring(Math.max(0, shown.length() - MAX));
    return end.getBytes(StandardCharsets.UTF_8);
  }

  /** How much of the beginning of {@code sent} is the end of {@code shown}. */
  static int length(byte[] shown, byte[] sent) {
    for (int length = Math.min(shown.length, sent.length); length > 0; length--) {
      if (Arrays.equals(shown, shown.length - length, shown.length, sent, 0, length)) {
        return length;
      }
    }
    return 0;
  }
}

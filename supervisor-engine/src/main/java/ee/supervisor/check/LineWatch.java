package ee.supervisor.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.event.Channel;
import ee.supervisor.output.OutputTap;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Looks for a line in what a program writes, until it is there. On the output thread, which carries
 * the output of all: so what one line may cost is bounded, whatever the regular expression.
 */
final class LineWatch implements OutputTap {
  /** Of a longer line the beginning is looked at. */
  private static final int LONGEST_LINE = 8 << 10;

  private final Pattern pattern;
  private final Runnable found;
  private final Map<Channel, Line> lines = new EnumMap<>(Channel.class);

  LineWatch(Pattern pattern, Runnable found) {
    this.pattern = pattern;
    this.found = found;
  }

  @Override
  public boolean see(Channel channel, ByteBuffer data) {
    Line line = lines.computeIfAbsent(channel, c -> new Line());
    while (data.hasRemaining()) {
      byte next = data.get();
      if (next != '\n') {
        line.append(next);
      } else if (line.matches(pattern)) {
        found.run();
        return false;
      } else {
        line.length = 0;
      }
    }
    return true;
  }

  /** The line of one channel as far as it has come. */
  private static final class Line {
    private byte[] bytes = new byte[256];
    private int length;

    void append(byte next) {
      if (length == bytes.length && length < LONGEST_LINE) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      if (length < bytes.length) {
        bytes[length++] = next;
      }
    }

    boolean matches(Pattern pattern) {
      int end = length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
      try {
        return pattern.matcher(new BoundedText(new String(bytes, 0, end, UTF_8))).find();
      } catch (BoundedText.ExhaustedException | StackOverflowError e) {
        return false;
      }
    }
  }
}

package ee.supervisor.ctl.top;

import java.io.IOException;
import java.util.Map;
import org.jline.utils.NonBlockingReader;

/** Makes keys of what a terminal sends. */
final class Keyboard {
  /** What belongs to one key comes at once; over a slow line not quite. */
  private static final long REST_MILLIS = 100;

  private static final int ESCAPE = 27;

  /** What stands behind the escape character in the sequences of keys that have one. */
  private static final Map<String, Key.Kind> SEQUENCES =
      Map.ofEntries(
          Map.entry("A", Key.Kind.UP),
          Map.entry("B", Key.Kind.DOWN),
          Map.entry("H", Key.Kind.HOME),
          Map.entry("F", Key.Kind.END),
          Map.entry("1~", Key.Kind.HOME),
          Map.entry("7~", Key.Kind.HOME),
          Map.entry("4~", Key.Kind.END),
          Map.entry("8~", Key.Kind.END),
          Map.entry("5~", Key.Kind.PAGE_UP),
          Map.entry("6~", Key.Kind.PAGE_DOWN));

  private static final long LOOK_MILLIS = 100;

  private final NonBlockingReader in;
  private volatile boolean isClosed;

  Keyboard(NonBlockingReader in) {
    this.in = in;
  }

  /** Leaves what is typed from now on to others. */
  void close() {
    isClosed = true;
  }

  /**
   * Waits for the next key; null if it was closed, or at the end of input: the terminal is gone.
   */
  Key next() throws IOException {
    // looked at before it is taken: it may be for whoever has the terminal after us
    while (in.peek(LOOK_MILLIS) == NonBlockingReader.READ_EXPIRED && !isClosed) {
      // nothing yet
    }
    int c = isClosed ? NonBlockingReader.EOF : in.read();
    return switch (c) {
      case NonBlockingReader.EOF -> null;
      case 3 -> Key.of(Key.Kind.INTERRUPT);
      case 8, 127 -> Key.of(Key.Kind.BACKSPACE);
      case 9 -> Key.of(Key.Kind.TAB);
      case 10, 13 -> Key.of(Key.Kind.ENTER);
      case 12 -> Key.of(Key.Kind.REDRAW);
      case 2 -> Key.of(Key.Kind.PAGE_UP);
      case 6 -> Key.of(Key.Kind.PAGE_DOWN);
      case ESCAPE -> escaped();
      default -> c < ' ' ? Key.of(Key.Kind.OTHER) : new Key(Key.Kind.CHARACTER, c);
    };
  }

  private Key escaped() throws IOException {
    int c = in.read(REST_MILLIS);
    if (c < 0) {
      return Key.of(Key.Kind.ESCAPE);
    }
    if (c != '[' && c != 'O') {
      return Key.of(Key.Kind.OTHER);
    }
    StringBuilder sequence = new StringBuilder();
    do {
      c = in.read(REST_MILLIS);
      if (c < 0) {
        return Key.of(Key.Kind.OTHER);
      }
      sequence.append((char) c);
    } while ((c < '@' || c > '~') && sequence.length() < 16);
    return Key.of(SEQUENCES.getOrDefault(sequence.toString(), Key.Kind.OTHER));
  }
}

package ee.supervisor.output;

import java.util.Arrays;

/** Removes ANSI escape sequences from output ({@code strip_ansi}). */
final class AnsiEscapes {
  private static final byte ESCAPE = 0x1b;
  private static final String TERMINATORS = "HfABCDRsuJKhlpm";

  private AnsiEscapes() {}

  /**
   * {@code data} without the sequences that begin with {@code ESC [} and end with one of
   * Supervisor's terminators. Each call stands for itself, as in Supervisor: what follows a
   * sequence that isn't finished is dropped, and the rest of it in the next call is kept.
   *
   * @return {@code data} itself when it holds none
   */
  static byte[] strip(byte[] data) {
    int start = indexOfSequence(data, 0);
    if (start < 0) {
      return data;
    }
    byte[] kept = new byte[data.length];
    int length = 0;
    int from = 0;
    while (start >= 0) {
      System.arraycopy(data, from, kept, length, start - from);
      length += start - from;
      from = endOfSequence(data, start + 1);
      start = indexOfSequence(data, from);
    }
    System.arraycopy(data, from, kept, length, data.length - from);
    return Arrays.copyOf(kept, length + data.length - from);
  }

  private static int indexOfSequence(byte[] data, int from) {
    for (int i = from; i + 1 < data.length; i++) {
      if (data[i] == ESCAPE && data[i + 1] == '[') {
        return i;
      }
    }
    return -1;
  }

  private static int endOfSequence(byte[] data, int from) {
    int i = from;
    while (i < data.length && TERMINATORS.indexOf(data[i]) < 0) {
      i++;
    }
    return Math.min(i + 1, data.length);
  }
}

package ee.supervisor.output;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Finds the PROCESS_COMMUNICATION tokens in the output of a process, however it is cut into pieces.
 *
 * <p>As in Supervisor, output of no more bytes than the token that is looked for is held until more
 * comes, and so is the start of a token at the end of a piece.
 */
final class CommunicationScanner {
  private static final byte[] BEGIN = "<!--XSUPERVISOR:BEGIN-->".getBytes(US_ASCII);
  private static final byte[] END = "<!--XSUPERVISOR:END-->".getBytes(US_ASCII);

  /** Hears what was found, in order. */
  interface Sink {
    /** Output; between {@link #begin} and {@link #end} it is communication. May be empty. */
    void text(byte[] data);

    /** The begin token was seen. */
    void begin();

    /** The end token was seen. */
    void end();
  }

  private final Sink sink;
  private byte[] held = new byte[0];
  private boolean inside;

  CommunicationScanner(Sink sink) {
    this.sink = sink;
  }

  void feed(byte[] piece) {
    byte[] data = concatenate(held, piece);
    int from = 0;
    while (data.length - from > token().length) {
      int at = indexOf(data, token(), from);
      if (at < 0) {
        int to = data.length - partialTokenAtEnd(data, from, token());
        emit(data, from, to);
        from = to;
        break;
      }
      emit(data, from, at);
      from = at + token().length;
      toggle();
    }
    held = Arrays.copyOfRange(data, from, data.length);
  }

  private byte[] token() {
    return inside ? END : BEGIN;
  }

  private void emit(byte[] data, int from, int to) {
    if (to > from) {
      sink.text(from == 0 && to == data.length ? data : Arrays.copyOfRange(data, from, to));
    }
  }

  private void toggle() {
    inside = !inside;
    if (inside) {
      sink.begin();
    } else {
      sink.end();
    }
  }

  private static byte[] concatenate(byte[] first, byte[] second) {
    if (first.length == 0) {
      return second;
    }
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static int indexOf(byte[] data, byte[] token, int from) {
    for (int i = from; i <= data.length - token.length; i++) {
      if (data[i] == '<' && Arrays.equals(data, i, i + token.length, token, 0, token.length)) {
        return i;
      }
    }
    return -1;
  }

  private static int partialTokenAtEnd(byte[] data, int from, byte[] token) {
    int length = Math.min(token.length - 1, data.length - from);
    while (length > 0
        && !Arrays.equals(data, data.length - length, data.length, token, 0, length)) {
      length--;
    }
    return length;
  }
}

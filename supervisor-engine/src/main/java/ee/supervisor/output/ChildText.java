package ee.supervisor.output;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Writes what a child said into lines of the activity log, as Supervisor does. */
final class ChildText {
  private ChildText() {}

  /** {@code data} as a bytes literal: {@code b'READY\n'}. */
  static String literal(byte[] data) {
    boolean single = false;
    boolean twofold = false;
    for (byte b : data) {
      single |= b == '\'';
      twofold |= b == '"';
    }
    char quote = single && !twofold ? '"' : '\'';
    StringBuilder out = new StringBuilder(data.length + 3).append('b').append(quote);
    for (byte b : data) {
      char c = (char) (b & 0xff);
      if (c < 0x20 || c >= 0x7f || c == '\\' || c == quote) {
        appendEscaped(out, c, quote);
      } else {
        out.append(c);
      }
    }
    return out.append(quote).toString();
  }

  /** {@code data} read as UTF-8, or told to be undecodable as Supervisor tells it. */
  static String decoded(byte[] data) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
    } catch (CharacterCodingException e) {
      return "Undecodable: " + literal(data);
    }
  }

  private static void appendEscaped(StringBuilder out, char c, char quote) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c == '\\' || c == quote) {
          out.append('\\').append(c);
        } else {
          out.append("\\x").append(Character.forDigit(c >> 4, 16));
          out.append(Character.forDigit(c & 0xf, 16));
        }
      }
    }
  }
}

package ee.supervisor.posix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/**
 * Text as the kernel has it, which is any bytes but NUL: read as UTF-8, whatever the locale says,
 * and with each byte that is not UTF-8 kept as a lone surrogate, so that it is written as it was.
 * Python does the same (PEP 383), hence a child gets from us the environment it got from
 * Supervisor.
 */
final class NativeText {
  private static final int ESCAPE = 0xDC00;

  private NativeText() {}

  static String decode(byte[] bytes) {
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    for (CoderResult result = decoder.decode(in, out, true);
        result.isError();
        result = decoder.decode(in, out, true)) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (ESCAPE + Byte.toUnsignedInt(in.get())));
      }
      decoder.reset();
    }
    return out.flip().toString();
  }

  static byte[] encode(String text) {
    if (!hasEscape(text)) {
      return text.getBytes(UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (isEscape(point)) {
                out.write(point - ESCAPE);
              } else {
                out.writeBytes(Character.toString(point).getBytes(UTF_8));
              }
            });
    return out.toByteArray();
  }

  /** A loop, not a stream: this is on the way to every child, and mostly interpreted there. */
  private static boolean hasEscape(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isEscape(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEscape(int point) {
    // Of a pair's second half codePoints() shows nothing; chars() shows it, and encode then
    // decides.
    return point >= ESCAPE + 0x80 && point <= ESCAPE + 0xFF;
  }
}

package ee.supervisor.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** Immutable bytes: what a child wrote, unchanged by any charset. */
public final class Bytes {
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of {@code bytes}. */
  public static Bytes copyOf(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
  }

  /** A copy of what is between position and limit of {@code buffer}, which is consumed. */
  public static Bytes from(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    return copy.length == 0 ? EMPTY : new Bytes(copy);
  }

  /** {@code text} in UTF-8. */
  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(UTF_8));
  }

  /** Number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** A copy. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** A read-only view; no copy. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /**
   * The bytes as Supervisor shows them in log lines and event payloads: as UTF-8 if they are valid,
   * else {@code Undecodable: b'...'} with {@link #literal()}.
   */
  public String text() {
    try {
      return UTF_8.newDecoder().decode(asByteBuffer()).toString();
    } catch (CharacterCodingException e) {
      return "Undecodable: " + literal();
    }
  }

  /** The bytes as Python writes them in source, {@code b'READY\n'}: always ASCII. */
  public String literal() {
    String latin = new String(bytes, ISO_8859_1);
    char quote = latin.indexOf('\'') >= 0 && latin.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder literal = new StringBuilder(bytes.length + 3).append('b').append(quote);
    for (byte signed : bytes) {
      int each = Byte.toUnsignedInt(signed);
      switch (each) {
        case '\t' -> literal.append("\\t");
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        case '\\' -> literal.append("\\\\");
        default -> {
          if (each == quote) {
            literal.append('\\').append(quote);
          } else if (each < ' ' || each > '~') {
            literal.append("\\x").append(Character.forDigit(each >> 4, 16));
            literal.append(Character.forDigit(each & 0xf, 16));
          } else {
            literal.append((char) each);
          }
        }
      }
    }
    return literal.append(quote).toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The bytes read as UTF-8, for messages; malformed input is replaced. */
  @Override
  public String toString() {
    return new String(bytes, UTF_8);
  }
}

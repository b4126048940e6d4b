package ee.supervisor.tls;

import java.io.ByteArrayOutputStream;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The form of private keys that the JDK reads (PKCS #8, RFC 5208), made of the older forms that
 * OpenSSL wrote by default for a long time. A wrapper of some bytes each, for which no library of
 * megabytes has to come along.
 *
 * @param spec the key
 * @param algorithms names of algorithms it may be of, for a {@code KeyFactory}
 */
record Pkcs8(PKCS8EncodedKeySpec spec, List<String> algorithms) {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xa0;

  private static final byte[] VERSION = {INTEGER, 1, 0};

  /** rsaEncryption (1.2.840.113549.1.1.1) with its parameter, NULL. */
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

  /** id-ecPublicKey (1.2.840.10045.2.1); the curve follows it. */
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  /** One that is in this form already. */
  static Pkcs8 of(byte[] der) {
    return new Pkcs8(new PKCS8EncodedKeySpec(der), List.of("RSA", "EC", "EdDSA", "RSASSA-PSS"));
  }

  /** {@code RSA PRIVATE KEY} (PKCS #1, RFC 8017 A.1.2). */
  static Pkcs8 ofRsa(byte[] der) {
    return new Pkcs8(wrapped(RSA, der), List.of("RSA"));
  }

  /**
   * {@code EC PRIVATE KEY} (SEC 1, RFC 5915).
   *
   * @throws IllegalArgumentException when it does not name its curve
   */
  static Pkcs8 ofEc(byte[] der) {
    byte[] curve = curve(der);
    ByteArrayOutputStream algorithm = new ByteArrayOutputStream();
    algorithm.writeBytes(EC);
    algorithm.writeBytes(curve);
    return new Pkcs8(wrapped(algorithm.toByteArray(), der), List.of("EC"));
  }

  private static PKCS8EncodedKeySpec wrapped(byte[] algorithm, byte[] key) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(VERSION);
    content.writeBytes(element(SEQUENCE, algorithm));
    content.writeBytes(element(OCTET_STRING, key));
    return new PKCS8EncodedKeySpec(element(SEQUENCE, content.toByteArray()));
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      int bytes = content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
      out.write(0x80 | bytes);
      for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        out.write(content.length >> shift);
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  /** SEQUENCE { INTEGER 1, OCTET STRING key, [0] curve, ... }. */
  private static byte[] curve(byte[] der) {
    Cursor cursor = new Cursor(der);
    cursor.enter(SEQUENCE);
    cursor.skip(INTEGER);
    cursor.skip(OCTET_STRING);
    return cursor.take(PARAMETERS);
  }

  /** Walks over the elements of a DER text. */
  private static final class Cursor {
    private final byte[] der;
    private int position;

    Cursor(byte[] der) {
      this.der = der;
    }

    /** Goes to the first element in the one here. */
    int enter(int tag) {
      if (next() != tag) {
        throw new IllegalArgumentException("it does not name its curve");
      }
      int first = next();
      if (first < 0x80) {
        return first;
      }
      int length = 0;
      for (int i = first & 0x7f; i > 0; i--) {
        length = length << 8 | next();
      }
      return length;
    }

    void skip(int tag) {
      int length = enter(tag);
      position += length;
    }

    byte[] take(int tag) {
      int length = enter(tag);
      if (length < 0 || length > der.length - position) {
        throw tooShort();
      }
      return Arrays.copyOfRange(der, position, position + length);
    }

    private int next() {
      if (position >= der.length || position < 0) {
        throw tooShort();
      }
      return der[position++] & 0xff;
    }

    private static IllegalArgumentException tooShort() {
      return new IllegalArgumentException("it ends too early");
    }
  }
}

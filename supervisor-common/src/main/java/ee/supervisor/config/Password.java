package ee.supervisor.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A password as it stands in a file: plain, or {@code {SHA}} or {@code {SHA256}} with the digest in
 * hexadecimal.
 *
 * @param text as it stands there
 */
public record Password(String text) {

  /** Whether {@code given} is this password; takes as long for a near miss as for a far one. */
  public boolean matches(String given) {
    if (text.startsWith("{SHA}")) {
      return equal(text.substring("{SHA}".length()), hex("SHA-1", given));
    }
    if (text.startsWith("{SHA256}")) {
      return equal(text.substring("{SHA256}".length()), hex("SHA-256", given));
    }
    return equal(text, given);
  }

  /** Compares digests, which are of one length whatever was given. */
  private static boolean equal(String expected, String given) {
    return MessageDigest.isEqual(digest("SHA-256", expected), digest("SHA-256", given));
  }

  private static String hex(String algorithm, String text) {
    return HexFormat.of().formatHex(digest(algorithm, text));
  }

  private static byte[] digest(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /** Not the password. */
  @Override
  public String toString() {
    return "Password[...]";
  }
}

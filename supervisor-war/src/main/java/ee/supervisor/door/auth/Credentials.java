package ee.supervisor.door.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A user name and password as a client sent them in a Basic {@code Authorization} header.
 *
 * @param username up to the first colon
 * @param password what follows it
 */
record Credentials(String username, String password) {
  private static final String SHA_MARK = "{SHA}";

  /** A header that cannot be read; the client is answered 400. */
  static final class MalformedHeaderException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedHeaderException(Throwable cause) {
      super("malformed Authorization header", cause);
    }
  }

  /**
   * Reads an {@code Authorization} header.
   *
   * @return empty when it is of another scheme, or holds no colon
   * @throws MalformedHeaderException when it is Basic, but not base64
   */
  static Optional<Credentials> parse(String header) throws MalformedHeaderException {
    int space = header.indexOf(' ');
    if (space < 0 || !header.substring(0, space).toLowerCase(Locale.ROOT).equals("basic")) {
      return Optional.empty();
    }
    String decoded;
    try {
      decoded =
          new String(Base64.getMimeDecoder().decode(header.substring(space + 1).strip()), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedHeaderException(e);
    }
    int colon = decoded.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : Optional.of(new Credentials(decoded.substring(0, colon), decoded.substring(colon + 1)));
  }

  /**
   * Whether these are the configured ones; takes as long for a near miss as for a far one.
   *
   * @param expectedPassword plain, or {@code {SHA}} with the SHA-1 of the password in hexadecimal
   */
  boolean match(String expectedUsername, String expectedPassword) {
    // the password is compared even for a wrong user, or the time taken would tell which it was
    boolean samePassword =
        expectedPassword.startsWith(SHA_MARK)
            ? equal(expectedPassword.substring(SHA_MARK.length()), sha1(password))
            : equal(expectedPassword, password);
    return equal(expectedUsername, username) && samePassword;
  }

  /** Compares digests, which are of one length whatever was sent. */
  private static boolean equal(String expected, String given) {
    return MessageDigest.isEqual(
        digest("SHA-256", expected.getBytes(UTF_8)), digest("SHA-256", given.getBytes(UTF_8)));
  }

  private static String sha1(String text) {
    return HexFormat.of().formatHex(digest("SHA-1", text.getBytes(UTF_8)));
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Credentials[" + username + "]";
  }
}

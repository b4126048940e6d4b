package ee.supervisor.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A user name and password as a client sent them in a Basic {@code Authorization} header.
 *
 * @param username up to the first colon
 * @param password what follows it
 */
record BasicCredentials(String username, String password) {
  /** A header that cannot be read; the client gets a 400. */
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
  static Optional<BasicCredentials> parse(String header) throws MalformedHeaderException {
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
        : Optional.of(
            new BasicCredentials(decoded.substring(0, colon), decoded.substring(colon + 1)));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "BasicCredentials[" + username + "]";
  }
}

package ee.supervisor.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Holds who we say we are.
 *
 * @param username empty if not given
 * @param password empty if not given
 */
public record Credentials(Optional<String> username, Optional<String> password) {

  /** Nobody. */
  public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());

  /**
   * The value of the request header {@code Authorization}.
   *
   * @return empty unless both name and password were given
   */
  public Optional<String> header() {
    if (username.isEmpty() || password.isEmpty()) {
      return Optional.empty();
    }
    byte[] pair = (username.get() + ":" + password.get()).getBytes(StandardCharsets.UTF_8);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  @Override
  public String toString() {
    return "Credentials[" + username.orElse("") + "]";
  }
}

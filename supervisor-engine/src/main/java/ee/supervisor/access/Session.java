package ee.supervisor.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import ee.supervisor.config.User;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A browser in which somebody has logged in.
 *
 * @param key a digest of what the browser's cookie says: the table does not hold that itself
 * @param token what forms and scripts of our own pages send with whatever changes something, and
 *     pages of other sites cannot know
 * @param user who has logged in, with the password of that time
 */
public record Session(String key, String token, User user) {
  /** The header in which scripts send {@link #token}. */
  public static final String TOKEN_HEADER = "X-Supervisor-Token";

  /** The field in which forms send it. */
  public static final String TOKEN_FIELD = "token";

  public Session {
    requireNonNull(key);
    requireNonNull(token);
    requireNonNull(user);
  }

  /** Whether {@code given} is the session's token. */
  public boolean hasToken(Optional<String> given) {
    return isToken(token, given);
  }

  /** Whether {@code given} is {@code token}; the time taken reveals nothing about how close. */
  public static boolean isToken(String token, Optional<String> given) {
    return given.isPresent()
        && MessageDigest.isEqual(token.getBytes(UTF_8), given.get().getBytes(UTF_8));
  }

  /** Neither the key nor the token. */
  @Override
  public String toString() {
    return "Session[" + user.name() + "]";
  }
}

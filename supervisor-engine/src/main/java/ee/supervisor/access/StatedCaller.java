package ee.supervisor.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.Role;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom the front has let in, as it states to the application behind it in a header: {@code
 * user;role;from;listener}, each in percent-encoding, the user {@code -} where there is none; and
 * the token of the session, if that is what let it in.
 *
 * @param caller who makes the request
 * @param listener the section of the server that it came by
 * @param token without which the caller's forms change nothing; empty where there is no session
 */
public record StatedCaller(Caller caller, String listener, Optional<String> token) {
  /** The header; the front strips it from what comes from outside. */
  public static final String HEADER = "X-Supervisor-Caller";

  /**
   * What the header says of who is not let in, and may see the login page alone: no caller at all.
   */
  public static final String VISITOR = "visitor";

  private static final String NOBODY = "-";
  private static final int FIELDS = 4;

  /** What {@link Sessions} makes. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

  public StatedCaller {
    requireNonNull(caller);
    requireNonNull(listener);
    requireNonNull(token);
  }

  /** One whom no session has let in. */
  public StatedCaller(Caller caller, String listener) {
    this(caller, listener, Optional.empty());
  }

  /** The value of its header: printable ASCII, whatever the names. */
  public String format() {
    return String.join(
            ";",
            caller.user().map(StatedCaller::encodeUser).orElse(NOBODY),
            caller.role().lowerCase(),
            encode(caller.from()),
            encode(listener))
        + token.map(text -> ";" + text).orElse("");
  }

  /** Reads what {@link #format} wrote; empty when it is anything else. */
  public static Optional<StatedCaller> parse(String header) {
    String[] fields = header.split(";", -1);
    if (fields.length != FIELDS && fields.length != FIELDS + 1) {
      return Optional.empty();
    }
    if (fields.length > FIELDS && !TOKEN.matcher(fields[FIELDS]).matches()) {
      return Optional.empty();
    }
    try {
      Optional<String> user =
          fields[0].equals(NOBODY) ? Optional.empty() : Optional.of(decode(fields[0]));
      Caller caller = new Caller(user, decode(fields[2]), Role.named(fields[1]));
      Optional<String> token =
          fields.length == FIELDS ? Optional.empty() : Optional.of(fields[FIELDS]);
      return Optional.of(new StatedCaller(caller, decode(fields[3]), token));
    } catch (ConfigException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String encodeUser(String user) {
    return user.equals(NOBODY) ? "%2D" : encode(user);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}

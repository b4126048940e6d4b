package ee.supervisor.door.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Tells requests that another web site made an operator's browser send: the browser adds the
 * password to them as to any other.
 */
public final class CrossSite {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OWN_FETCHES = Set.of("same-origin", "none");

  private CrossSite() {}

  /** Whether {@code request} might change something, and was made by another site. */
  static boolean isForgeable(HttpServletRequest request) {
    return !READING.contains(request.getMethod()) && isForeign(request);
  }

  /**
   * Whether a browser tells that another site made the request. Programs, and browsers too old to
   * tell, send neither header.
   */
  public static boolean isForeign(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !OWN_FETCHES.contains(site.toLowerCase(Locale.ROOT));
    }
    String origin = request.getHeader("Origin");
    return origin != null && !isHost(origin, request.getHeader("Host"));
  }

  private static boolean isHost(String origin, String host) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      // not an origin: "null", or made up
      return false;
    }
  }
}

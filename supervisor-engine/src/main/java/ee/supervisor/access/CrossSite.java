package ee.supervisor.access;

import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.HttpServerConfig.Inet;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Recognizes requests that another web site made an operator's browser send: the browser adds the
 * password to them as to any other, and reaches servers that only its own machine does.
 *
 * <p>What programs send passes: they carry nobody's password but their own. Safe for all threads.
 */
public final class CrossSite {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OWN_FETCHES = Set.of("same-origin", "none");

  /** Every browser sends it, and no site can have it left out. */
  private static final Pattern BROWSER = Pattern.compile("(?:Mozilla|Opera)/.*", Pattern.DOTALL);

  /** What browsers add; programs do so only when told to. */
  private static final List<String> MARKS =
      List.of("Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Origin", "Referer");

  /** With these a browser fetches what its user may ask for next. */
  private static final List<String> AHEAD = List.of("Sec-Purpose", "Purpose", "X-Moz");

  private final Optional<HostNames> hosts;
  private final Set<String> allowedOrigins;

  private CrossSite(Optional<HostNames> hosts, Set<String> allowedOrigins) {
    this.hosts = hosts;
    this.allowedOrigins = allowedOrigins;
  }

  /**
   * The rules of one server.
   *
   * @param isOpen whether it lets in whoever reaches it: then a name that suddenly leads to this
   *     machine must not make a foreign page one of ours (DNS rebinding)
   */
  static CrossSite of(HttpServerConfig server, boolean isOpen) {
    if (server instanceof Inet inet) {
      return new CrossSite(
          isOpen ? Optional.of(HostNames.of(inet)) : Optional.empty(),
          Set.copyOf(inet.allowedHosts()));
    }
    // no browser connects to a Unix socket; what stands between has names of its own
    return new CrossSite(Optional.empty(), Set.of());
  }

  /**
   * Why a request is refused with 403 and its connection closed; empty when it may pass.
   *
   * @param headers finds the value of a header, whatever the case of its name; of several, the
   *     first
   */
  public Optional<String> refusal(String method, Function<String, Optional<String>> headers) {
    if (!READING.contains(method) && isForeign(headers)) {
      return Optional.of("another site had a browser send this");
    }
    Optional<String> host = headers.apply("Host");
    if (hosts.isPresent()
        && host.isPresent()
        && !hosts.get().allows(host.get())
        && (isBrowser(headers) || headers.apply("Accept-Language").isPresent())) {
      // a page may have its browser send another User-Agent, but never no Accept-Language
      return Optional.of(hosts.get().refusal(host.get()));
    }
    return Optional.empty();
  }

  /**
   * Whether a GET may change something, as with the reference: it was made by a program, or in a
   * browser by a page of ours or by its user's own hand. A link of another site never is one, nor
   * is what a browser fetches before its user has asked for it.
   */
  public static boolean isOwnDoing(Function<String, Optional<String>> headers) {
    if (AHEAD.stream().anyMatch(mark -> headers.apply(mark).isPresent())) {
      return false;
    }
    return headers
        .apply("Sec-Fetch-Site")
        .map(site -> OWN_FETCHES.contains(site.toLowerCase(Locale.ROOT)))
        .orElseGet(() -> !isBrowser(headers));
  }

  private static boolean isBrowser(Function<String, Optional<String>> headers) {
    return headers.apply("User-Agent").filter(agent -> BROWSER.matcher(agent).matches()).isPresent()
        || MARKS.stream().anyMatch(mark -> headers.apply(mark).isPresent());
  }

  /**
   * Whether a browser says that another site made the request. Programs, and browsers too old to
   * say so, send neither header.
   */
  private boolean isForeign(Function<String, Optional<String>> headers) {
    Optional<String> site = headers.apply("Sec-Fetch-Site");
    if (site.isPresent()) {
      return !OWN_FETCHES.contains(site.get().toLowerCase(Locale.ROOT));
    }
    Optional<String> origin = headers.apply("Origin");
    return origin.isPresent() && !isOwn(origin.get(), headers.apply("Host"));
  }

  private boolean isOwn(String origin, Optional<String> host) {
    try {
      URI uri = URI.create(origin);
      return uri.getRawAuthority() != null
          && (host.filter(uri.getRawAuthority()::equalsIgnoreCase).isPresent()
              || (uri.getHost() != null
                  && allowedOrigins.contains(uri.getHost().toLowerCase(Locale.ROOT))));
    } catch (IllegalArgumentException e) {
      // not an origin: "null", or made up
      return false;
    }
  }
}

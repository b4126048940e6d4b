package ee.supervisor.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What of a request says whether it is let in, and what becomes of it if it is not.
 *
 * @param method as sent
 * @param path as sent, not decoded: what is open to everybody is compared with it letter by letter
 * @param query as sent, without the question mark; empty where there is none
 * @param headers finds the value of a header, whatever the case of its name; of several, the first
 */
public record Visit(
    String method, String path, String query, Function<String, Optional<String>> headers) {
  /** Where one logs in. */
  public static final String LOGIN = "/login.html";

  /** Where one logs out. */
  public static final String LOGOUT = "/logout.html";

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** Where a browser is sent to the login page; the reference's other addresses ask as ever. */
  private static final Set<String> PAGES =
      Set.of(
          "/", "/index.html", "/tail.html", "/graph.html", "/program.html", "/plan.html", LOGOUT);

  /** Where forms are sent, whose token is in their body. */
  private static final Set<String> FORMS = Set.of("/", "/index.html", "/plan.html", LOGIN, LOGOUT);

  /** What the login page is made of. */
  private static final Pattern ASSET =
      Pattern.compile("/assets/[0-9a-f]{16}/(?:[a-z]{2}/)?[a-z-]+\\.(?:css|js|svg)");

  /** Where a browser may be sent after its user has logged in: to pages of this server alone. */
  private static final Pattern NEXT =
      Pattern.compile("(?:index|tail|graph|program|plan)\\.html(?:\\?[!-~]{0,2000})?");

  /** The first value of a header. */
  Optional<String> header(String name) {
    return headers.apply(name);
  }

  /** Whether it may change something. */
  boolean isUnsafe() {
    return !READING.contains(method);
  }

  private boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Whether it is open to those who are not logged in. */
  boolean isOpen() {
    return path.equals(LOGIN) ? isRead() || isLogin() : isRead() && ASSET.matcher(path).matches();
  }

  /** Whether somebody logs in by it. */
  public boolean isLogin() {
    return method.equals("POST") && path.equals(LOGIN);
  }

  /** Whether somebody logs out by it. */
  public boolean isLogout() {
    return method.equals("POST") && path.equals(LOGOUT);
  }

  /** Whether its token, if it has one, is in a form, which who serves it reads. */
  boolean isForm() {
    return method.equals("POST") && FORMS.contains(path);
  }

  /** Whether a person looks at the response, in a browser, and it is a page of ours. */
  boolean isOfBrowser() {
    return isRead()
        && PAGES.contains(path)
        && header("Accept").filter(types -> types.contains("text/html")).isPresent();
  }

  /** Where its user logs in, to come back to it then; relative, as proxies like it. */
  String loginLocation() {
    String page = path.equals("/") ? "index.html" : path.substring(1);
    return loginLocation(query.isEmpty() ? page : page + "?" + query, false);
  }

  /**
   * Where a user logs in.
   *
   * @param next where to afterwards; left out where that is nothing or not ours
   * @param failed whether it has just failed
   */
  public static String loginLocation(String next, boolean failed) {
    boolean isKnown = NEXT.matcher(next).matches() && !next.equals("index.html");
    String query =
        (failed ? "&failed=1" : "") + (isKnown ? "&next=" + URLEncoder.encode(next, UTF_8) : "");
    return "login.html" + (query.isEmpty() ? "" : "?" + query.substring(1));
  }

  /** {@code next} if it is a page of this server, else the first of them; relative. */
  public static String nextLocation(String next) {
    return NEXT.matcher(next).matches() ? "./" + next : "./";
  }
}

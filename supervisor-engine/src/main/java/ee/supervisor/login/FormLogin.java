package ee.supervisor.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.access.Admission;
import ee.supervisor.access.AuditLog;
import ee.supervisor.access.Caller;
import ee.supervisor.access.Client;
import ee.supervisor.access.Door;
import ee.supervisor.access.Session;
import ee.supervisor.access.Sessions;
import ee.supervisor.access.Visit;
import ee.supervisor.config.Role;
import ee.supervisor.http.HttpResponse;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes the form of the login page and that of the button that logs out. What it responds is always
 * the address of a page: those are drawn elsewhere. Safe for all threads.
 */
public final class FormLogin {
  /** The longest form that anybody's name and password need. */
  public static final int MAX_FORM_BYTES = 8192;

  /**
   * What a cookie says whose session was ended. It stays until the browser is closed, so that other
   * windows of it are known for what they are and are not asked for a password.
   */
  private static final String ENDED = "ended";

  private final Supplier<Optional<AuditLog>> audit;

  /**
   * @param audit where it is recorded, if there is a supervisor
   */
  public FormLogin(Supplier<Optional<AuditLog>> audit) {
    this.audit = audit;
  }

  /** Whether a request is one of the two. */
  public static boolean serves(Visit visit) {
    return visit.isLogin() || visit.isLogout();
  }

  /**
   * Logs in or out.
   *
   * @param admission of the server that the form came by
   * @param body of the request
   * @param isSecure whether the browser's connection is encrypted, as far as is known here
   */
  public HttpResponse respond(
      Admission admission, Client client, Visit visit, byte[] body, boolean isSecure) {
    if (body.length > MAX_FORM_BYTES) {
      return HttpResponse.error(413);
    }
    Map<String, String> form = fields(new String(body, UTF_8));
    boolean secure =
        isSecure
            || visit
                .headers()
                .apply("X-Forwarded-Proto")
                .filter("https"::equalsIgnoreCase)
                .isPresent();
    return visit.isLogout()
        ? logOut(admission, visit, form, secure)
        : logIn(admission, client, visit, form, secure);
  }

  private HttpResponse logIn(
      Admission admission, Client client, Visit visit, Map<String, String> form, boolean secure) {
    String next = form.getOrDefault("next", "");
    if (!admission.hasUsers()) {
      return redirect(Visit.nextLocation(next), Optional.empty());
    }
    String name = form.getOrDefault("user", "");
    Optional<Sessions.Begun> begun =
        admission.logIn(client, visit, name, form.getOrDefault("password", ""));
    Caller caller =
        begun
            .map(one -> admission.caller(client, one.session().user()))
            .orElseGet(() -> new Caller(Optional.of(name), admission.from(client), Role.VIEWER));
    audit
        .get()
        .ifPresent(
            log ->
                log.write(
                    Door.PAGE,
                    caller,
                    "login",
                    begun.isPresent() ? AuditLog.SUCCESS : AuditLog.REFUSED));
    return begun.isEmpty()
        ? redirect(Visit.loginLocation(next, true), Optional.empty())
        : redirect(
            Visit.nextLocation(next), Optional.of(cookie(admission, begun.get().secret(), secure)));
  }

  private static HttpResponse logOut(
      Admission admission, Visit visit, Map<String, String> form, boolean secure) {
    Optional<String> token = Optional.ofNullable(form.get(Session.TOKEN_FIELD));
    if (!admission.logOut(visit, token)) {
      return HttpResponse.error(403);
    }
    return redirect(Visit.loginLocation("", false), Optional.of(cookie(admission, ENDED, secure)));
  }

  /** Without a path, so that it is that of this page, wherever a proxy has it. */
  private static String cookie(Admission admission, String value, boolean secure) {
    return admission.cookieName()
        + "="
        + value
        + "; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }

  private static HttpResponse redirect(String location, Optional<String> cookie) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Location", location);
    headers.put("Cache-Control", "no-store");
    cookie.ifPresent(text -> headers.put("Set-Cookie", text));
    return new HttpResponse(303, headers, new HttpResponse.Body.Whole(new byte[0]));
  }

  private static Map<String, String> fields(String form) {
    Map<String, String> fields = new HashMap<>();
    for (String field : form.split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        try {
          String name = URLDecoder.decode(field.substring(0, equals), UTF_8);
          fields.putIfAbsent(name, URLDecoder.decode(field.substring(equals + 1), UTF_8));
        } catch (IllegalArgumentException e) {
          // half a percent sequence: no browser sent it
          return Map.of();
        }
      }
    }
    return fields;
  }
}

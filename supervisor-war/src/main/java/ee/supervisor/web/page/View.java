package ee.supervisor.web.page;

import ee.supervisor.access.Caller;
import ee.supervisor.access.Session;
import ee.supervisor.config.Role;
import ee.supervisor.control.Supervisor;
import ee.supervisor.web.auth.AccessFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Who looks at a page of what, and in which language.
 *
 * @param supervisor what the page is about
 * @param caller empty for who is not logged in and sees the login page alone
 * @param token what forms have to send with them, where a session has let the caller in
 * @param texts in the language of who looks at it
 * @param address of the page: relative, so that links to it in another language can be made
 */
record View(
    Supervisor supervisor,
    Optional<Caller> caller,
    Optional<String> token,
    Texts texts,
    String address) {

  /** That of {@code request}. */
  static View of(Supervisor supervisor, HttpServletRequest request) {
    String page = request.getServletPath().substring(1);
    String query = Optional.ofNullable(request.getQueryString()).orElse("");
    return new View(
        supervisor,
        AccessFilter.knownCaller(request),
        AccessFilter.token(request),
        Texts.in(Language.of(request.getHeader("Cookie"), request.getHeader("Accept-Language"))),
        (page.isEmpty() ? "index.html" : page) + (query.isEmpty() ? "" : "?" + query));
  }

  /** Whether who looks at it may do what {@code needed} may. */
  boolean may(Role needed) {
    return caller.filter(one -> one.role().includes(needed)).isPresent();
  }

  /** A text. */
  String text(String key, Object... values) {
    return texts.get(key, values);
  }

  /** What each form has in it, without which it changes nothing. */
  Html tokenField() {
    return Html.orNothing(
        token.map(
            text ->
                Html.of(
                    "<input type=\"hidden\" name=\"{}\" value=\"{}\">\n",
                    Session.TOKEN_FIELD,
                    text)));
  }

  /** Where a script of the page is found. */
  String script(String name) {
    return Assets.script(name, texts.language());
  }
}

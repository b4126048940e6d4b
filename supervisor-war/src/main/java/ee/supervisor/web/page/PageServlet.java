package ee.supervisor.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.access.Caller;
import ee.supervisor.access.CrossSite;
import ee.supervisor.access.Session;
import ee.supervisor.access.Visit;
import ee.supervisor.config.Role;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.control.UpdateOptions;
import ee.supervisor.http.HttpResponse;
import ee.supervisor.login.FormLogin;
import ee.supervisor.web.Doors;
import ee.supervisor.web.auth.AccessFilter;
import ee.supervisor.web.auth.LoginAttempt;
import ee.supervisor.web.http.AsyncResponse;
import ee.supervisor.web.http.ErrorPage;
import ee.supervisor.web.http.RequestBody;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The pages for people, at the reference's addresses: {@code /}, {@code /index.html}, {@code
 * /tail.html}, {@code /ok.html}; and {@code /graph.html}, {@code /program.html}, {@code
 * /plan.html}, {@code /login.html}.
 *
 * <p>What another site has a browser send changes nothing: a POST like that is not let in, and the
 * reference's links, {@code index.html?processname=…&action=…}, lead to a page that asks first.
 * Where a program follows such a link, or an operator by hand, it is done, as with the reference.
 */
public final class PageServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int MAX_FORM_BYTES = 65_536;
  private static final int LANGUAGE_SECONDS = 365 * 24 * 60 * 60;

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type",
          "text/html;charset=utf-8",
          "Cache-Control",
          "no-store",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "same-origin",
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

  /** A message is sent in a header, and names in it may be as long as a form. */
  private static final int MAX_MESSAGE_LENGTH = 500;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Supervisor> supervisor = Doors.of(getServletContext()).supervisor();
    if (supervisor.isEmpty()) {
      ErrorPage.send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    Form query = Form.parse(request.getQueryString());
    View view = View.of(supervisor.get(), request);
    switch (request.getMethod()) {
      case "GET", "HEAD" -> get(view, Doors.of(getServletContext()).begin(request), request, query);
      case "POST" -> post(view, Doors.of(getServletContext()).begin(request), request, query);
      default -> ErrorPage.send(response, HttpServletResponse.SC_BAD_REQUEST);
    }
  }

  private void get(View view, AsyncResponse response, HttpServletRequest request, Form query) {
    String path = request.getServletPath();
    Optional<Language> wanted = query.get("lang").flatMap(Language::tagged);
    if (wanted.isPresent()) {
      speak(wanted.get(), response, request);
      return;
    } else if (path.equals(Visit.LOGIN)) {
      login(view, response, query);
      return;
    }
    Caller caller = AccessFilter.caller(request);
    Optional<String> action = query.get("action");
    Optional<String> processname = query.get("processname");
    if (path.equals("/ok.html")) {
      response.send(HttpResponse.text(200, "text/plain", "OK"));
    } else if (path.equals(Visit.LOGOUT)) {
      // a link logs nobody out
      sendTo(response, "./", Optional.empty());
    } else if (path.equals("/graph.html")) {
      send(response, 200, GraphPage.render(view));
    } else if (path.equals("/program.html")) {
      String name = processname.orElse("");
      Doors.of(getServletContext()).logReaders().execute(() -> sendProgram(view, response, name));
    } else if (path.equals("/plan.html")) {
      plan(view, response, caller);
    } else if (path.equals("/tail.html")) {
      Doors.of(getServletContext())
          .logReaders()
          .execute(
              () -> send(response, 200, TailPage.render(view, processname, query.get("limit"))));
    } else if (action.isEmpty() || action.get().equals("refresh") || isMeant(view, request)) {
      act(view, response, request, query);
    } else if (!Actions.isKnown(action.get(), processname)) {
      response.send(HttpResponse.error(HttpServletResponse.SC_BAD_REQUEST));
    } else if (!caller.role().includes(Actions.ROLE)) {
      refuse(view, response, caller, action.get(), Actions.ROLE);
    } else {
      // a program that is taken for a browser must not take this for success
      send(
          response,
          HttpServletResponse.SC_FORBIDDEN,
          ConfirmPage.render(view, processname.orElse(""), action.get()));
    }
  }

  /** Who is logged in already goes on to where that leads. */
  private static void login(View view, AsyncResponse response, Form query) {
    String next = query.get("next").orElse("");
    if (view.caller().isPresent()) {
      sendTo(response, Visit.nextLocation(next), Optional.empty());
    } else {
      send(response, 200, LoginPage.render(view, next, query.get("failed").isPresent()));
    }
  }

  /** Remembers a language, and shows the same page in it. */
  private static void speak(Language language, AsyncResponse response, HttpServletRequest request) {
    String page = request.getServletPath().substring(1);
    String query =
        Arrays.stream(request.getQueryString().split("&", -1))
            .filter(field -> !field.startsWith("lang="))
            .collect(Collectors.joining("&"));
    sendTo(
        response,
        "./" + page + (query.isEmpty() ? "" : "?" + query),
        Optional.of(
            "%s=%s; Max-Age=%d; SameSite=Lax"
                .formatted(Language.COOKIE, language.tag(), LANGUAGE_SECONDS)));
  }

  /** Whether a link is followed by who means what it says. */
  private static boolean isMeant(View view, HttpServletRequest request) {
    // a session's cookie alone changes nothing
    return view.token().isEmpty()
        && request.getMethod().equals("GET")
        && CrossSite.isOwnDoing(name -> Optional.ofNullable(request.getHeader(name)));
  }

  private void post(View view, AsyncResponse response, HttpServletRequest request, Form query) {
    RequestBody.read(request, MAX_FORM_BYTES, Doors.of(getServletContext()).bodyReaders())
        .whenCompleteAsync(
            (body, failure) -> {
              if (failure == null) {
                posted(view, response, request, query, body);
              } else {
                RequestBody.refusal(failure)
                    .ifPresentOrElse(
                        refused -> response.send(HttpResponse.error(refused.status())),
                        response::abandon);
              }
            },
            Doors.of(getServletContext()).executor());
  }

  private void posted(
      View view, AsyncResponse response, HttpServletRequest request, Form query, byte[] body) {
    Form form = Form.parse(new String(body, UTF_8));
    Optional<LoginAttempt> login = AccessFilter.login(request);
    if (login.isPresent()) {
      response.send(
          login.get().carryOut(new FormLogin(Doors.of(getServletContext())::audit), body));
    } else if (view.caller().isEmpty()) {
      response.send(HttpResponse.error(HttpServletResponse.SC_FORBIDDEN));
    } else if (!mayChange(view, request, form)) {
      response.send(HttpResponse.error(HttpServletResponse.SC_FORBIDDEN));
    } else if (request.getServletPath().equals("/plan.html")) {
      update(view, response, request, query.and(new String(body, UTF_8)));
    } else {
      act(view, response, request, query.and(new String(body, UTF_8)));
    }
  }

  /** What a session lets in has the session's token with it, in the form or as scripts send it. */
  private static boolean mayChange(View view, HttpServletRequest request, Form form) {
    return view.token().isEmpty()
        || Session.isToken(view.token().get(), form.get(Session.TOKEN_FIELD))
        || Session.isToken(
            view.token().get(), Optional.ofNullable(request.getHeader(Session.TOKEN_HEADER)));
  }

  /** Does what the form says, if anything, and then shows the list. */
  private void act(View view, AsyncResponse response, HttpServletRequest request, Form form) {
    Caller caller = AccessFilter.caller(request);
    // the reference's status; after a POST, the one that says to go on with a GET
    int redirection =
        request.getMethod().equals("POST")
            ? HttpServletResponse.SC_SEE_OTHER
            : HttpServletResponse.SC_MOVED_PERMANENTLY;
    Optional<String> action = form.get("action");
    Optional<String> processname = form.get("processname");
    if (action.isEmpty()) {
      send(response, 200, StatusPage.render(view, form.get("message")));
    } else if (!Actions.isKnown(action.get(), processname)) {
      response.send(HttpResponse.error(HttpServletResponse.SC_BAD_REQUEST));
    } else {
      Doors doors = Doors.of(getServletContext());
      new Actions(view.supervisor(), caller, doors.audit().orElseThrow(), view.texts())
          .carryOut(action.get(), processname.orElse(""))
          .whenCompleteAsync(
              (message, refused) -> {
                if (refused == null) {
                  redirect(response, redirection, message);
                } else {
                  refuse(view, response, caller, action.get(), Actions.ROLE);
                }
              },
              doors.executor());
    }
  }

  private static void sendProgram(View view, AsyncResponse response, String name) {
    try {
      send(response, 200, ProgramPage.render(view, name));
    } catch (SupervisorException e) {
      send(response, HttpServletResponse.SC_NOT_FOUND, ProgramPage.missing(view, name));
    }
  }

  private void plan(View view, AsyncResponse response, Caller caller) {
    if (!caller.role().includes(PlanPage.ROLE)) {
      refuse(view, response, caller, "plan", PlanPage.ROLE);
      return;
    }
    view.supervisor()
        .plan(UpdateOptions.ALL)
        .whenCompleteAsync(
            (plan, failure) ->
                send(
                    response,
                    200,
                    failure == null
                        ? PlanPage.render(view, plan)
                        : PlanPage.problem(view, Actions.refusal(failure).getMessage())),
            Doors.of(getServletContext()).executor());
  }

  /** Never by a link: the reference has none. */
  private void update(View view, AsyncResponse response, HttpServletRequest request, Form form) {
    Caller caller = AccessFilter.caller(request);
    if (!form.get("action").equals(Optional.of("update"))) {
      response.send(HttpResponse.error(HttpServletResponse.SC_BAD_REQUEST));
      return;
    }
    Doors doors = Doors.of(getServletContext());
    new Actions(view.supervisor(), caller, doors.audit().orElseThrow(), view.texts())
        .update()
        .whenCompleteAsync(
            (message, refused) -> {
              if (refused == null) {
                redirect(response, HttpServletResponse.SC_SEE_OTHER, message);
              } else {
                refuse(view, response, caller, "update", PlanPage.ROLE);
              }
            },
            doors.executor());
  }

  /** Buttons that a role cannot use are not shown: whoever comes here did not press one. */
  private static void refuse(
      View view, AsyncResponse response, Caller caller, String action, Role needed) {
    send(
        response,
        HttpServletResponse.SC_FORBIDDEN,
        RefusedPage.render(view, caller, action, needed));
  }

  /** Back to the list, so that a reload does nothing twice. */
  private static void redirect(AsyncResponse response, int status, String message) {
    String told =
        message.length() <= MAX_MESSAGE_LENGTH
            ? message
            : message.substring(0, MAX_MESSAGE_LENGTH) + "...";
    // relative: a proxy may have all this below another path
    Map<String, String> headers =
        Map.of("Cache-Control", "no-store", "Location", "./?message=" + Layout.quote(told));
    response.send(new HttpResponse(status, headers, new HttpResponse.Body.Whole(new byte[0])));
  }

  private static void sendTo(AsyncResponse response, String location, Optional<String> cookie) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", "no-store");
    headers.put("Location", location);
    cookie.ifPresent(text -> headers.put("Set-Cookie", text));
    response.send(
        new HttpResponse(
            HttpServletResponse.SC_SEE_OTHER, headers, new HttpResponse.Body.Whole(new byte[0])));
  }

  private static void send(AsyncResponse response, int status, Html page) {
    response.send(
        new HttpResponse(
            status, HEADERS, new HttpResponse.Body.Whole(page.toString().getBytes(UTF_8))));
  }
}

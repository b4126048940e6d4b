package ee.supervisor.web.auth;

import ee.supervisor.access.Admission;
import ee.supervisor.access.Caller;
import ee.supervisor.access.Client;
import ee.supervisor.access.FailureDelay;
import ee.supervisor.access.FrontSecret;
import ee.supervisor.access.Session;
import ee.supervisor.access.Sessions;
import ee.supervisor.access.StatedCaller;
import ee.supervisor.access.Verdict;
import ee.supervisor.access.Visit;
import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.login.FormLogin;
import ee.supervisor.web.Doors;
import ee.supervisor.web.http.ErrorPage;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Lets in what may come in, before every door.
 *
 * <p>Behind the front, that is what the front has let in, and nothing else. On somebody's own
 * server, where there is no front, the first {@code [inet_http_server]} says whom.
 */
public final class AccessFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** Set on a request that has waited, when it comes by again. */
  private static final String WAITED = AccessFilter.class.getName() + ".waited";

  /** Set on a request that was let in: who makes it. */
  private static final String CALLER = Caller.class.getName();

  /** Set on a request that a session has let in: the session's token. */
  private static final String TOKEN = Session.class.getName();

  /** Set on a request by which somebody logs in or out, where that is not the front's business. */
  private static final String LOGIN = LoginAttempt.class.getName();

  private final transient FailureDelay delays = new FailureDelay(System::nanoTime);
  private final transient Sessions sessions = new Sessions(System::nanoTime);
  private transient volatile Policy policy;

  /** What the filter goes by, for as long as the configuration is the same. */
  private record Policy(HttpServerConfig server, AccessConfig access, Admission admission) {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<FrontSecret> secret = FrontSecret.current();
    if (secret.isPresent()) {
      letInFromFront(request, response, chain, secret.get());
      return;
    }
    Doors doors = Doors.of(getServletContext());
    Optional<List<HttpServerConfig>> servers = doors.servers();
    Optional<AccessConfig> access = doors.access();
    if (servers.isEmpty() || access.isEmpty()) {
      ErrorPage.send(
          request,
          response,
          HttpServletResponse.SC_SERVICE_UNAVAILABLE,
          "supervisord is not running");
      return;
    }
    Optional<HttpServerConfig> server =
        servers.get().stream().filter(HttpServerConfig.Inet.class::isInstance).findFirst();
    if (server.isEmpty()) {
      refuse(request, response, "no server of the configuration is open to this connection");
    } else {
      judge(request, response, chain, policy(server.get(), access.get()));
    }
  }

  /** Believes the front, and nobody who does not know its secret. */
  private static void letInFromFront(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      FrontSecret secret)
      throws IOException, ServletException {
    String shown = request.getHeader(FrontSecret.HEADER);
    String stated = request.getHeader(StatedCaller.HEADER);
    if (shown != null
        && secret.matches(shown)
        && StatedCaller.VISITOR.equals(stated)
        && isForVisitors(request)) {
      chain.doFilter(AdmittedRequest.from(request, ""), response);
      return;
    }
    Optional<StatedCaller> caller =
        shown != null && stated != null && secret.matches(shown)
            ? StatedCaller.parse(stated)
            : Optional.empty();
    if (caller.isEmpty()) {
      refuse(request, response, "this address is for supervisord itself");
      return;
    }
    caller.get().token().ifPresent(token -> request.setAttribute(TOKEN, token));
    letIn(
        AdmittedRequest.from(request, caller.get().caller().from()),
        response,
        chain,
        caller.get().caller());
  }

  /** The container has the last word on what a path means; the front compares letters alone. */
  private static boolean isForVisitors(HttpServletRequest request) {
    return request.getServletPath().equals(Visit.LOGIN)
        || request.getServletPath().equals("/assets");
  }

  private Policy policy(HttpServerConfig server, AccessConfig access) {
    Policy known = policy;
    if (known == null || !known.server().equals(server) || !known.access().equals(access)) {
      known = new Policy(server, access, new Admission(server, access, delays, sessions));
      policy = known;
    }
    return known;
  }

  private void judge(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, Policy policy)
      throws IOException, ServletException {
    Admission admission = policy.admission();
    Optional<String> refusal =
        admission
            .crossSite()
            .refusal(request.getMethod(), name -> Optional.ofNullable(request.getHeader(name)));
    if (refusal.isPresent()) {
      refuse(request, response, refusal.get());
      return;
    }
    Client client = Client.inet(policy.server().section(), request.getRemoteAddr());
    Visit visit = visit(request);
    Duration delay = admission.delay(client, visit);
    if (!delay.isZero() && request.getAttribute(WAITED) == null) {
      waitFor(request, delay);
      return;
    }
    HttpServletRequest admittedRequest = AdmittedRequest.from(request, request.getRemoteAddr());
    Verdict verdict = admission.judge(client, visit);
    if (verdict instanceof Verdict.Admitted || verdict instanceof Verdict.Visiting) {
      if (FormLogin.serves(visit)) {
        request.setAttribute(LOGIN, new LoginAttempt(admission, client, visit, request.isSecure()));
      }
    }
    if (verdict instanceof Verdict.Admitted admitted) {
      admitted.session().ifPresent(session -> request.setAttribute(TOKEN, session.token()));
      letIn(admittedRequest, response, chain, admitted.caller());
    } else if (verdict instanceof Verdict.Visiting && isForVisitors(request)) {
      chain.doFilter(admittedRequest, response);
    } else if (verdict instanceof Verdict.LoginDue due) {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", due.location());
      response.setHeader("Cache-Control", "no-store");
    } else if (verdict instanceof Verdict.TokenMissing) {
      refuse(request, response, Verdict.TokenMissing.MESSAGE);
    } else if (verdict instanceof Verdict.Malformed) {
      ErrorPage.send(
          request, response, HttpServletResponse.SC_BAD_REQUEST, Verdict.Malformed.MESSAGE);
    } else if (verdict instanceof Verdict.SessionOver) {
      challenge(request, response, Verdict.SessionOver.MESSAGE, Verdict.SessionOver.CHALLENGE);
    } else {
      challenge(request, response, Verdict.Unauthorized.MESSAGE, Verdict.Unauthorized.CHALLENGE);
    }
  }

  /** By the path as the container understands it, with which it finds who serves it. */
  private static Visit visit(HttpServletRequest request) {
    String path = request.getServletPath() + Optional.ofNullable(request.getPathInfo()).orElse("");
    return new Visit(
        request.getMethod(),
        path,
        Optional.ofNullable(request.getQueryString()).orElse(""),
        name -> Optional.ofNullable(request.getHeader(name)));
  }

  private static void challenge(
      HttpServletRequest request, HttpServletResponse response, String message, String challenge)
      throws IOException {
    response.setHeader("WWW-Authenticate", challenge);
    response.setHeader("Connection", "close");
    ErrorPage.send(request, response, HttpServletResponse.SC_UNAUTHORIZED, message);
  }

  private static void refuse(HttpServletRequest request, HttpServletResponse response, String why)
      throws IOException {
    response.setHeader("Connection", "close");
    ErrorPage.send(request, response, HttpServletResponse.SC_FORBIDDEN, why);
  }

  private static void letIn(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, Caller caller)
      throws IOException, ServletException {
    request.setAttribute(CALLER, caller);
    chain.doFilter(request, response);
  }

  /** Who makes a request that was let in. */
  public static Caller caller(ServletRequest request) {
    if (request.getAttribute(CALLER) instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("nobody was let in");
  }

  /** Who makes a request; empty for who is not logged in and may see the login page. */
  public static Optional<Caller> knownCaller(ServletRequest request) {
    return Optional.ofNullable((Caller) request.getAttribute(CALLER));
  }

  /** The token that forms of the session have which has let the request in, if one has. */
  public static Optional<String> token(ServletRequest request) {
    return Optional.ofNullable((String) request.getAttribute(TOKEN));
  }

  /** By what a request logs in or out, if it is one that does and there is no front. */
  public static Optional<LoginAttempt> login(ServletRequest request) {
    return Optional.ofNullable((LoginAttempt) request.getAttribute(LOGIN));
  }

  /** Has the request come by again later; until then no thread knows of it. */
  private void waitFor(HttpServletRequest request, Duration delay) {
    request.setAttribute(WAITED, true);
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    Executor later =
        CompletableFuture.delayedExecutor(
            delay.toMillis(), TimeUnit.MILLISECONDS, Doors.of(getServletContext()).executor());
    later.execute(context::dispatch);
  }
}

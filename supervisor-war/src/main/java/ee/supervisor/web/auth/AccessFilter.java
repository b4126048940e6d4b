package ee.supervisor.web.auth;

import ee.supervisor.access.Admission;
import ee.supervisor.access.Caller;
import ee.supervisor.access.Client;
import ee.supervisor.access.FailureDelay;
import ee.supervisor.access.FrontSecret;
import ee.supervisor.access.StatedCaller;
import ee.supervisor.access.Verdict;
import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.HttpServerConfig;
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

  private final transient FailureDelay delays = new FailureDelay(System::nanoTime);
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
    Optional<StatedCaller> caller =
        shown != null && stated != null && secret.matches(shown)
            ? StatedCaller.parse(stated)
            : Optional.empty();
    if (caller.isEmpty()) {
      refuse(request, response, "this address is for supervisord itself");
      return;
    }
    letIn(
        AdmittedRequest.from(request, caller.get().caller().from()),
        response,
        chain,
        caller.get().caller());
  }

  private Policy policy(HttpServerConfig server, AccessConfig access) {
    Policy known = policy;
    if (known == null || !known.server().equals(server) || !known.access().equals(access)) {
      known = new Policy(server, access, new Admission(server, access, delays));
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
    Duration delay = admission.delay(client);
    if (!delay.isZero() && request.getAttribute(WAITED) == null) {
      waitFor(request, delay);
      return;
    }
    Verdict verdict =
        admission.judge(client, Optional.ofNullable(request.getHeader("Authorization")));
    if (verdict instanceof Verdict.Admitted admitted) {
      letIn(
          AdmittedRequest.from(request, request.getRemoteAddr()),
          response,
          chain,
          admitted.caller());
    } else if (verdict instanceof Verdict.Malformed) {
      ErrorPage.send(
          request, response, HttpServletResponse.SC_BAD_REQUEST, Verdict.Malformed.MESSAGE);
    } else {
      response.setHeader("WWW-Authenticate", Verdict.Unauthorized.CHALLENGE);
      response.setHeader("Connection", "close");
      ErrorPage.send(
          request, response, HttpServletResponse.SC_UNAUTHORIZED, Verdict.Unauthorized.MESSAGE);
    }
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

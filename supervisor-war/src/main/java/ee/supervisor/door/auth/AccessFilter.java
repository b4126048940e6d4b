package ee.supervisor.door.auth;

import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.door.Doors;
import ee.supervisor.door.http.ErrorPage;
import ee.supervisor.relay.RelayedPorts;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
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
 * Lets in what came by a server that is configured, with that server's user and password; before
 * every door.
 */
public final class AccessFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** Set on a request that has waited, when it comes by again. */
  private static final String WAITED = AccessFilter.class.getName() + ".waited";

  private final transient FailureDelay delays = new FailureDelay(System::nanoTime);

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<List<HttpServerConfig>> servers = Doors.of(getServletContext()).servers();
    if (servers.isEmpty()) {
      ErrorPage.send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    boolean relayed = RelayedPorts.contains(request.getRemoteAddr(), request.getRemotePort());
    Class<? extends HttpServerConfig> kind =
        relayed ? HttpServerConfig.Unix.class : HttpServerConfig.Inet.class;
    Optional<HttpServerConfig> server = servers.get().stream().filter(kind::isInstance).findFirst();
    if (server.isEmpty() || CrossSite.isForgeable(request)) {
      response.setHeader("Connection", "close");
      ErrorPage.send(response, HttpServletResponse.SC_FORBIDDEN);
    } else if (server.get().username().isEmpty()) {
      chain.doFilter(request, response);
    } else {
      authenticate(request, response, chain, server.get());
    }
  }

  private void authenticate(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      HttpServerConfig server)
      throws IOException, ServletException {
    String address = request.getRemoteAddr();
    Duration delay = delays.before(address);
    if (!delay.isZero() && request.getAttribute(WAITED) == null) {
      waitFor(request, delay);
      return;
    }
    Optional<Credentials> credentials;
    try {
      String header = request.getHeader("Authorization");
      credentials = header == null ? Optional.empty() : Credentials.parse(header);
    } catch (Credentials.MalformedHeaderException e) {
      ErrorPage.send(response, HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    String username = server.username().orElseThrow();
    String password = server.password().orElse("");
    if (credentials.isPresent() && credentials.get().match(username, password)) {
      delays.succeeded(address);
      chain.doFilter(request, response);
      return;
    }
    if (credentials.isPresent()) {
      delays.failed(address);
    }
    response.setHeader("WWW-Authenticate", "Basic realm=\"default\"");
    response.setHeader("Connection", "close");
    ErrorPage.send(response, HttpServletResponse.SC_UNAUTHORIZED);
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

package ee.supervisor.door.auth;

import ee.supervisor.access.Caller;
import ee.supervisor.access.Token;
import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.Role;
import ee.supervisor.config.User;
import ee.supervisor.config.Users;
import ee.supervisor.door.Doors;
import ee.supervisor.door.http.ErrorPage;
import ee.supervisor.relay.RelayedPorts;
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
 * Lets in what came by a server that is configured, with the name and password of that server's
 * user or of a {@code [user:x]}; before every door.
 */
public final class AccessFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** Set on a request that has waited, when it comes by again. */
  private static final String WAITED = AccessFilter.class.getName() + ".waited";

  /** Set on a request that was let in: who makes it. */
  private static final String CALLER = Caller.class.getName();

  private final transient FailureDelay delays = new FailureDelay(System::nanoTime);

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
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
    boolean relayed = RelayedPorts.contains(request.getRemoteAddr(), request.getRemotePort());
    Class<? extends HttpServerConfig> kind =
        relayed ? HttpServerConfig.Unix.class : HttpServerConfig.Inet.class;
    Optional<HttpServerConfig> server = servers.get().stream().filter(kind::isInstance).findFirst();
    if (server.isEmpty() || CrossSite.isForgeable(request)) {
      response.setHeader("Connection", "close");
      ErrorPage.send(
          request,
          response,
          HttpServletResponse.SC_FORBIDDEN,
          server.isEmpty()
              ? "no server of the configuration is open to this connection"
              : "another site had a browser send this");
      return;
    }
    Users users = access.get().users().and(server.get().user());
    String from = relayed ? relayedFrom(request, access.get()) : request.getRemoteAddr();
    if (users.isEmpty() || (relayed && server.get().user().isEmpty())) {
      // a socket without a user of its own lets in whom the mode of its file lets in
      letIn(request, response, chain, new Caller(Optional.empty(), from, Role.ADMIN));
    } else {
      authenticate(request, response, chain, users, from);
    }
  }

  /** Who has connected is told where it is recorded: to look up a name may take time. */
  private static String relayedFrom(HttpServletRequest request, AccessConfig access) {
    return access.isAudited()
        ? "unix:" + RelayedPorts.user(request.getRemotePort()).map(Token::of).orElse("-")
        : "unix";
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

  private void authenticate(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      Users users,
      String from)
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
      ErrorPage.send(
          request,
          response,
          HttpServletResponse.SC_BAD_REQUEST,
          "the header Authorization is malformed");
      return;
    }
    Optional<User> user =
        credentials.flatMap(given -> users.authenticate(given.username(), given.password()));
    if (user.isPresent()) {
      delays.succeeded(address);
      letIn(
          request,
          response,
          chain,
          new Caller(Optional.of(user.get().name()), from, user.get().role()));
      return;
    }
    if (credentials.isPresent()) {
      delays.failed(address);
    }
    response.setHeader("WWW-Authenticate", "Basic realm=\"default\"");
    response.setHeader("Connection", "close");
    ErrorPage.send(
        request,
        response,
        HttpServletResponse.SC_UNAUTHORIZED,
        "a user and a password are asked for");
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

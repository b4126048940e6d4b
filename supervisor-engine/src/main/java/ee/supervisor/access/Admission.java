package ee.supervisor.access;

import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.Role;
import ee.supervisor.config.User;
import ee.supervisor.config.Users;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The policy of one listener: who is let in by it, and as what. Made when the configuration is
 * read; it neither waits nor looks anything up afterwards, so that an event loop may ask it.
 *
 * <p>A socket without a user of its own lets in, as an admin, whom the mode of its file lets in;
 * with {@code peers} it lets in those accounts with their roles, and asks everybody else for a
 * password. A TCP server asks for the password of its own user or of a {@code [user:x]}, where
 * there is any. Safe for all threads.
 */
public final class Admission {
  private final List<HttpServerConfig.Peer> peers;
  private final Users users;
  private final boolean isOpen;
  private final AccountNames names;
  private final FailureDelay delays;
  private final Sessions sessions;
  private final CrossSite crossSite;

  /**
   * The policy of {@code server}.
   *
   * @param access the users that all servers know
   * @param delays kept by the caller, so that a reload does not forget who guesses; servers may
   *     share one
   */
  public Admission(HttpServerConfig server, AccessConfig access, FailureDelay delays) {
    this(server, access, delays, new Sessions(System::nanoTime));
  }

  /**
   * The policy of {@code server}.
   *
   * @param access the users that all servers know
   * @param delays kept by the caller, so that a reload does not forget who guesses; servers may
   *     share one
   * @param sessions kept by the caller as well: a reload ends those only whose user it changes
   */
  public Admission(
      HttpServerConfig server, AccessConfig access, FailureDelay delays, Sessions sessions) {
    boolean isUnix = server instanceof HttpServerConfig.Unix;
    peers = server instanceof HttpServerConfig.Unix unix ? unix.peers() : List.of();
    users = access.users().and(server.user());
    isOpen = isUnix ? server.user().isEmpty() && peers.isEmpty() : users.isEmpty();
    names = isUnix && access.isAudited() ? AccountNames.ofSystem() : AccountNames.none();
    this.delays = delays;
    this.sessions = sessions;
    crossSite = CrossSite.of(server, isOpen);
  }

  /** What is refused because another site had a browser send it; to be asked of each request. */
  public CrossSite crossSite() {
    return crossSite;
  }

  /** How long the next response to {@code client} is held back, whatever it will be. */
  public Duration delay(Client client) {
    return isOpen || peer(client).isPresent() ? Duration.ZERO : delays.before(client);
  }

  /** The same, but who has logged in is not held up, nor is who looks at the login page. */
  public Duration delay(Client client, Visit visit) {
    Duration delay = delay(client);
    boolean isUnhindered =
        !delay.isZero()
            && visit.header("Authorization").isEmpty()
            && !visit.isLogin()
            && (visit.isOpen() || session(visit).isPresent());
    return isUnhindered ? Duration.ZERO : delay;
  }

  /** Judges a request: by its header {@code Authorization}, or if it has none by its session. */
  public Verdict judge(Client client, Visit visit) {
    Optional<String> authorization = visit.header("Authorization");
    Verdict verdict = judge(client, authorization);
    if (!(verdict instanceof Verdict.Unauthorized)) {
      return verdict;
    } else if (visit.isLogin()) {
      return new Verdict.Visiting();
    } else if (authorization.isPresent()) {
      return verdict;
    }
    Optional<Session> session = session(visit);
    if (session.isPresent()) {
      return bySession(client, visit, session.get());
    } else if (visit.isOpen()) {
      return new Verdict.Visiting();
    } else if (visit.isOfBrowser()) {
      return new Verdict.LoginDue(visit.loginLocation());
    }
    return Sessions.isShownBy(visit.header("Cookie")) ? new Verdict.SessionOver() : verdict;
  }

  private Verdict bySession(Client client, Visit visit, Session session) {
    if (visit.isUnsafe()
        && !visit.isForm()
        && !session.hasToken(visit.header(Session.TOKEN_HEADER))) {
      return new Verdict.TokenMissing();
    }
    return new Verdict.Admitted(
        caller(client, current(session).orElseThrow()), Optional.of(session));
  }

  private Optional<Session> session(Visit visit) {
    return sessions.find(visit.header("Cookie")).filter(found -> current(found).isPresent());
  }

  /** Its user as this server knows it: of that name, with the same password. */
  private Optional<User> current(Session session) {
    User then = session.user();
    return users.all().stream()
        .filter(now -> now.name().equals(then.name()) && now.password().equals(then.password()))
        .reduce((first, last) -> last);
  }

  /** Whether {@code session} still lets somebody in. */
  public boolean allows(Session session) {
    return current(session).isPresent() && sessions.isAlive(session);
  }

  /** Whether there is anybody who could log in. */
  public boolean hasUsers() {
    return !isOpen && !users.isEmpty();
  }

  /** Begins a session for who has that password; a session that the browser shows ends. */
  public Optional<Sessions.Begun> logIn(Client client, Visit visit, String name, String password) {
    Optional<User> user = hasUsers() ? users.authenticate(name, password) : Optional.empty();
    if (user.isEmpty()) {
      delays.failed(client);
      return Optional.empty();
    }
    delays.succeeded(client);
    sessions.find(visit.header("Cookie")).ifPresent(sessions::end);
    return user.map(sessions::begin);
  }

  /**
   * Ends the session that a browser shows.
   *
   * @param token as the form has it
   * @return false where it is not that of the session
   */
  public boolean logOut(Visit visit, Optional<String> token) {
    Optional<Session> session = session(visit);
    boolean isMeant = session.isEmpty() || session.get().hasToken(token);
    if (isMeant) {
      session.ifPresent(sessions::end);
    }
    return isMeant;
  }

  /** The name of the cookie that holds a session. */
  public String cookieName() {
    return sessions.cookieName();
  }

  /** {@code user} as the one who makes a request. */
  public Caller caller(Client client, User user) {
    return new Caller(Optional.of(user.name()), from(client), user.role());
  }

  /**
   * Judges a request by its header {@code Authorization} alone.
   *
   * @param authorization its header {@code Authorization}
   */
  public Verdict judge(Client client, Optional<String> authorization) {
    if (isOpen) {
      return new Verdict.Admitted(new Caller(Optional.empty(), from(client), Role.ADMIN));
    }
    Optional<HttpServerConfig.Peer> peer = peer(client);
    if (peer.isPresent()) {
      return new Verdict.Admitted(
          new Caller(Optional.of(peer.get().account()), from(client), peer.get().role()));
    }
    try {
      Optional<BasicCredentials> credentials =
          authorization.isEmpty() ? Optional.empty() : BasicCredentials.parse(authorization.get());
      return credentials.isEmpty()
          ? new Verdict.Unauthorized()
          : authenticate(client, credentials.get());
    } catch (BasicCredentials.MalformedHeaderException e) {
      return new Verdict.Malformed();
    }
  }

  private Verdict authenticate(Client client, BasicCredentials credentials) {
    Optional<User> user = users.authenticate(credentials.username(), credentials.password());
    if (user.isEmpty()) {
      delays.failed(client);
      return new Verdict.Unauthorized();
    }
    delays.succeeded(client);
    return new Verdict.Admitted(caller(client, user.get()));
  }

  private Optional<HttpServerConfig.Peer> peer(Client client) {
    return client.uid().isEmpty()
        ? Optional.empty()
        : peers.stream().filter(peer -> peer.uid() == client.uid().getAsInt()).findFirst();
  }

  /** Where {@code client} is, as the audit has it. */
  public String from(Client client) {
    return client.uid().isEmpty()
        ? client.address()
        : client.address() + ":" + names.of(client.uid().getAsInt());
  }
}

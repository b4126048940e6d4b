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
  private final CrossSite crossSite;

  /**
   * The policy of {@code server}.
   *
   * @param access the users that all servers know
   * @param delays kept by the caller, so that a reload does not forget who guesses; servers may
   *     share one
   */
  public Admission(HttpServerConfig server, AccessConfig access, FailureDelay delays) {
    boolean isUnix = server instanceof HttpServerConfig.Unix;
    peers = server instanceof HttpServerConfig.Unix unix ? unix.peers() : List.of();
    users = access.users().and(server.user());
    isOpen = isUnix ? server.user().isEmpty() && peers.isEmpty() : users.isEmpty();
    names = isUnix && access.isAudited() ? AccountNames.ofSystem() : AccountNames.none();
    this.delays = delays;
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

  /**
   * Judges a request.
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
    return new Verdict.Admitted(
        new Caller(Optional.of(user.get().name()), from(client), user.get().role()));
  }

  private Optional<HttpServerConfig.Peer> peer(Client client) {
    return client.uid().isEmpty()
        ? Optional.empty()
        : peers.stream().filter(peer -> peer.uid() == client.uid().getAsInt()).findFirst();
  }

  private String from(Client client) {
    return client.uid().isEmpty()
        ? client.address()
        : client.address() + ":" + names.of(client.uid().getAsInt());
  }
}

package ee.supervisor.config;

import java.util.List;
import java.util.Optional;

/** A server section: {@code [inet_http_server]} or {@code [unix_http_server]}. */
public sealed interface HttpServerConfig {

  /** User name that must be given, if any. */
  Optional<String> username();

  /** Password as it stands in the file, see {@link Password}, if any. */
  Optional<String> password();

  /** The section's own user, if it has one: an admin, as with Supervisor. */
  default Optional<User> user() {
    return username().map(name -> new User(name, new Password(password().orElse("")), Role.ADMIN));
  }

  /** The whole section header, such as {@code inet_http_server:public}. */
  String section();

  /**
   * {@code [inet_http_server]}.
   *
   * @param host lower case, an IPv6 address without brackets; empty for all addresses of IPv4
   * @param port 1 to 65535
   * @param tls what it speaks TLS with, and nothing but TLS; empty for plain HTTP
   * @param allowedHosts names, lower case, that browsers may ask for it by besides its own; {@code
   *     *} for all
   */
  record Inet(
      String section,
      String host,
      int port,
      Optional<String> username,
      Optional<String> password,
      Optional<Tls> tls,
      List<String> allowedHosts)
      implements HttpServerConfig {

    public Inet {
      allowedHosts = List.copyOf(allowedHosts);
    }

    /** One that browsers ask for by no other name than its own. */
    public Inet(
        String section,
        String host,
        int port,
        Optional<String> username,
        Optional<String> password,
        Optional<Tls> tls) {
      this(section, host, port, username, password, tls, List.of());
    }

    /** The address that clients on this machine use. */
    public String url() {
      return "%s://%s:%d".formatted(tls.isPresent() ? "https" : "http", urlHost(), port);
    }

    /** All addresses are no address to connect to: of IPv6, the loopback interface's is. */
    private String urlHost() {
      if (host.isEmpty()) {
        return "localhost";
      } else if (host.equals("::")) {
        return "[::1]";
      }
      return host.contains(":") ? "[" + host + "]" : host;
    }
  }

  /**
   * PEM files of an HTTPS server.
   *
   * @param certfile absolute path of the certificate and those that vouch for it
   * @param keyfile absolute path of its key; may be the same file
   */
  record Tls(String certfile, String keyfile) {}

  /**
   * {@code [unix_http_server]}.
   *
   * @param file absolute path of the socket
   * @param chmod its mode, 0 to 0777
   * @param chown its owner, {@link SocketOwner#UNCHANGED} where not set
   * @param peers accounts of the system that need no password, with what they may do
   */
  record Unix(
      String section,
      String file,
      int chmod,
      SocketOwner chown,
      Optional<String> username,
      Optional<String> password,
      List<Peer> peers)
      implements HttpServerConfig {

    public Unix {
      peers = List.copyOf(peers);
    }

    /** One that knows no accounts. */
    public Unix(
        String section,
        String file,
        int chmod,
        SocketOwner chown,
        Optional<String> username,
        Optional<String> password) {
      this(section, file, chmod, chown, username, password, List.of());
    }
  }

  /**
   * An account of the system, known by the connection itself.
   *
   * @param account as it stands in the file: a name, or a number
   * @param uid its number, or -1 where users are not looked up
   * @param role what it may do
   */
  record Peer(String account, int uid, Role role) {}
}

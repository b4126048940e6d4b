package ee.supervisor.config;

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
   * @param host lower case, empty for all addresses
   * @param port 1 to 65535
   * @param tls what it speaks TLS with, and nothing but TLS; empty for plain HTTP
   */
  record Inet(
      String section,
      String host,
      int port,
      Optional<String> username,
      Optional<String> password,
      Optional<Tls> tls)
      implements HttpServerConfig {

    /** The address that clients on this machine use. */
    public String url() {
      return "%s://%s:%d"
          .formatted(tls.isPresent() ? "https" : "http", host.isEmpty() ? "localhost" : host, port);
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
   */
  record Unix(
      String section,
      String file,
      int chmod,
      SocketOwner chown,
      Optional<String> username,
      Optional<String> password)
      implements HttpServerConfig {}
}

package ee.supervisor.config;

import java.nio.file.Path;
import java.util.Optional;

/** A server section: {@code [inet_http_server]} or {@code [unix_http_server]}. */
public sealed interface HttpServerConfig {

  /** User name that must be given, if any. */
  Optional<String> username();

  /** Password, plain or {@code {SHA}hex}, if any. */
  Optional<String> password();

  /** {@code [inet_http_server]}; host is empty for all addresses. */
  record Inet(
      String section, String host, int port, Optional<String> username, Optional<String> password)
      implements HttpServerConfig {}

  /** {@code [unix_http_server]}; chown holds uid and gid, -1 where not set. */
  record Unix(
      String section,
      Path file,
      int chmod,
      UserId chown,
      Optional<String> username,
      Optional<String> password)
      implements HttpServerConfig {}
}

package ee.supervisor.launcher.payara;

import ee.supervisor.config.HttpServerConfig;
import java.util.List;
import java.util.Optional;

/**
 * Which of Payara's listeners a configuration asks for.
 *
 * @param inet {@code [inet_http_server]}, if there is one: the only listener that clients reach
 * @param relay whether a listener on a loopback port of its own is needed, which serves the relay
 *     of {@code [unix_http_server]} alone
 */
record ListenerPlan(Optional<HttpServerConfig.Inet> inet, boolean relay) {

  static ListenerPlan of(List<HttpServerConfig> servers) {
    return new ListenerPlan(
        servers.stream()
            .filter(HttpServerConfig.Inet.class::isInstance)
            .map(HttpServerConfig.Inet.class::cast)
            .findFirst(),
        servers.stream().anyMatch(HttpServerConfig.Unix.class::isInstance));
  }

  /** The address of {@link #inet} in Payara's terms; any, where there is none to open. */
  String address() {
    return inet.map(HttpServerConfig.Inet::host).filter(host -> !host.isEmpty()).orElse("0.0.0.0");
  }

  /** The port of {@link #inet}; any valid one, where there is none to open. */
  int port() {
    return inet.map(HttpServerConfig.Inet::port).orElse(9001);
  }
}

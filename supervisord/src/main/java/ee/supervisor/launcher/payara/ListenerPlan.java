package ee.supervisor.launcher.payara;

import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.tls.ServerKey;
import java.util.List;
import java.util.Optional;

/**
 * Which of Payara's listeners a configuration asks for.
 *
 * @param inet {@code [inet_http_server]}, if there is one: the only listener that clients reach
 * @param key what {@link #inet} speaks TLS with, if it does
 * @param relay whether a listener on a loopback port of its own is needed, which serves the relay
 *     of {@code [unix_http_server]} alone
 */
record ListenerPlan(Optional<HttpServerConfig.Inet> inet, Optional<ServerKey> key, boolean relay) {

  /** Of nothing. */
  static ListenerPlan none() {
    return new ListenerPlan(Optional.empty(), Optional.empty(), false);
  }

  static ListenerPlan of(List<HttpServerConfig> servers, Optional<ServerKey> key) {
    return new ListenerPlan(
        servers.stream()
            .filter(HttpServerConfig.Inet.class::isInstance)
            .map(HttpServerConfig.Inet.class::cast)
            .findFirst(),
        key,
        servers.stream().anyMatch(HttpServerConfig.Unix.class::isInstance));
  }

  /** The address of {@link #inet} in Payara's terms; any, where there is none to open. */
  String address() {
    return inet.map(HttpServerConfig.Inet::host).filter(host -> !host.isEmpty()).orElse("0.0.0.0");
  }

  /** Payara's name for what is spoken at {@link #inet}. */
  String protocol() {
    return key.isPresent() ? "door-tls" : "door";
  }

  /** Whether the listener for {@link #inet} is the same for {@code other}. */
  boolean hasInetOf(ListenerPlan other) {
    return address().equals(other.address()) && port() == other.port() && key.equals(other.key);
  }

  /** The port of {@link #inet}; any valid one, where there is none to open. */
  int port() {
    return inet.map(HttpServerConfig.Inet::port).orElse(9001);
  }
}

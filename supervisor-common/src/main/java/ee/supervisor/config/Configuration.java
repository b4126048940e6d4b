package ee.supervisor.config;

import java.util.List;
import java.util.Optional;

/**
 * A whole {@code supervisord.conf}, read, expanded and checked: everything supervisord needs to
 * know to run.
 *
 * @param supervisord the {@code [supervisord]} section with command-line overrides applied
 * @param httpServers the servers to open, {@code [inet_http_server]} before {@code
 *     [unix_http_server]}
 * @param rpcInterfaces the {@code [rpcinterface:x]} sections in file order
 * @param groups every process group, by priority, then name
 * @param access the {@code [user:x]} sections, and whether there is an audit
 * @param jmx the {@code [jmx]} section, if there is one
 * @param otlp where metrics and events are sent, if anywhere
 * @param infos what the reader did and would log at level info (files included)
 * @param warnings what the reader would warn of (include patterns that matched nothing)
 */
public record Configuration(
    SupervisordConfig supervisord,
    List<HttpServerConfig> httpServers,
    List<RpcInterfaceConfig> rpcInterfaces,
    List<GroupConfig> groups,
    AccessConfig access,
    Optional<JmxConfig> jmx,
    Optional<OtlpConfig> otlp,
    List<String> infos,
    List<String> warnings) {

  public Configuration {
    httpServers = List.copyOf(httpServers);
    rpcInterfaces = List.copyOf(rpcInterfaces);
    groups = List.copyOf(groups);
    infos = List.copyOf(infos);
    warnings = List.copyOf(warnings);
  }
}

package ee.supervisor.access;

import ee.supervisor.config.HttpServerConfig.Inet;
import ee.supervisor.posix.NodeName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names under which a browser may ask for one server: those of the loopback interface, of the
 * server itself and of {@code allowed_hosts}. An address in numbers always may, since no name
 * server can have it lead elsewhere.
 */
final class HostNames {
  /** Allows every name. */
  private static final String ANY = "*";

  /** The host without its port, an IPv6 address with its brackets. */
  private static final Pattern PORT = Pattern.compile(":[0-9]*$");

  private static final Pattern NUMERIC =
      Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+(?:%[^\\]]*)?\\]");

  private final String section;
  private final Set<String> allowed;

  private HostNames(String section, Set<String> allowed) {
    this.section = section;
    this.allowed = Set.copyOf(allowed);
  }

  /** Those of {@code server}; one that listens on all addresses has the machine's own name. */
  static HostNames of(Inet server) {
    Set<String> allowed = new HashSet<>(server.allowedHosts());
    allowed.add("localhost");
    if (!server.host().isEmpty()) {
      allowed.add(server.host());
    }
    String node = NodeName.ofThisMachine().toLowerCase(Locale.ROOT);
    allowed.addAll(List.of(node, node.substring(0, (node + ".").indexOf('.'))));
    return new HostNames(server.section(), allowed);
  }

  /** Whether a browser may ask so. */
  boolean allows(String host) {
    String name = name(host);
    return allowed.contains(ANY) || NUMERIC.matcher(name).matches() || allowed.contains(name);
  }

  /** What is said to who may not. */
  String refusal(String host) {
    return "%s is no name of this server: set allowed_hosts=%s in section [%s] if it is one"
        .formatted(Token.of(host), Token.of(name(host)), section);
  }

  private static String name(String host) {
    String name = PORT.matcher(host.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}

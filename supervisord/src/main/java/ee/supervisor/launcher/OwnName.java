package ee.supervisor.launcher;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Whether the machine's own name has an address. Payara looks it up during its boot and cannot be
 * booted a second time in one JVM, so that it has to wait until somebody has mended {@code
 * /etc/hosts}.
 */
final class OwnName {
  private OwnName() {}

  /** Why Payara cannot be booted, if so; in one line. */
  static Optional<String> shortcoming() {
    return shortcoming(InetAddress::getLocalHost);
  }

  /** The same, for what {@code lookup} finds out. */
  static Optional<String> shortcoming(Lookup lookup) {
    try {
      lookup.ownAddress();
      return Optional.empty();
    } catch (UnknownHostException e) {
      // "NAME: NAME: Name or service not known"
      String name = String.valueOf(e.getMessage()).split(":", 2)[0];
      return Optional.of(
          "Payara, which serves the page, REST and metrics, needs an address of this machine's name,"
              + " and '%s' does not resolve; a line '127.0.1.1 %s' in /etc/hosts mends that"
                  .formatted(name, name));
    }
  }

  /** {@link InetAddress#getLocalHost}. */
  @FunctionalInterface
  interface Lookup {
    InetAddress ownAddress() throws UnknownHostException;
  }
}

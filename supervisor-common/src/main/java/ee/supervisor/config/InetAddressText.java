package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.util.Locale;

/**
 * Where {@code [inet_http_server]} listens: the {@code port} key.
 *
 * @param host lower case, an IPv6 address without brackets; empty for all addresses
 * @param port 1 to 65535
 */
record InetAddressText(String host, int port) {

  /**
   * Parses {@code host:port}, {@code *:port}, {@code :port} or {@code port}. An IPv6 address may
   * stand in brackets, as in URLs; without them all before the last colon is the host, as with the
   * reference.
   */
  static InetAddressText parse(String text) throws ConfigException {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      try {
        return new InetAddressText("", Conversions.port(text));
      } catch (ConfigException e) {
        throw new ConfigException("not a valid port number: " + repr(text) + " ", e);
      }
    }
    String number = text.substring(colon + 1);
    if (number.isEmpty()) {
      throw new ConfigException("no port number specified in ''");
    }
    int port = Conversions.port(number);
    String host = text.substring(0, colon).toLowerCase(Locale.ROOT);
    boolean hasBrackets = host.length() > 2 && host.startsWith("[") && host.endsWith("]");
    String name = hasBrackets ? host.substring(1, host.length() - 1) : host;
    return new InetAddressText(name.equals("*") ? "" : name, port);
  }
}

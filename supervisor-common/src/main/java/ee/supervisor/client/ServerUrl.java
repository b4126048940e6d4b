package ee.supervisor.client;

import java.util.Locale;

/** Says where a supervisord listens, read from the URL that an operator wrote. */
public sealed interface ServerUrl {

  /**
   * The URL as the operator wrote it, for messages.
   *
   * @return never null
   */
  String text();

  /**
   * A server behind a TCP port.
   *
   * @param text the URL as written
   * @param host name or address, without the brackets of an IPv6 address
   * @param port 1 to 65535
   * @param tls whether the connection is encrypted
   */
  record Tcp(String text, String host, int port, boolean tls) implements ServerUrl {

    /**
     * The value of the request header {@code Host}.
     *
     * @return host and, unless it is the scheme's own, port
     */
    public String hostHeader() {
      String name = host.contains(":") ? "[" + host + "]" : host;
      return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }
  }

  /**
   * A server behind a Unix-domain socket.
   *
   * @param text the URL as written
   * @param path the socket's path
   */
  record Unix(String text, String path) implements ServerUrl {}

  /**
   * Reads a URL.
   *
   * @param text such as {@code http://localhost:9001} or {@code unix:///run/supervisor.sock}
   * @return the place it names
   * @throws UnknownProtocolException if the scheme is none of http, https and unix, or the port is
   *     no number
   */
  static ServerUrl parse(String text) {
    if (text.startsWith("unix://")) {
      return new Unix(text, text.substring("unix://".length()));
    }
    if (text.startsWith("http://")) {
      return tcp(text, "http://".length(), false);
    }
    if (text.startsWith("https://")) {
      return tcp(text, "https://".length(), true);
    }
    throw new UnknownProtocolException("Unknown protocol for serverurl " + text);
  }

  private static Tcp tcp(String text, int from, boolean tls) {
    int end = from;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String authority =
        text.substring(
            text.lastIndexOf('@', end - 1) >= from ? text.lastIndexOf('@', end - 1) + 1 : from,
            end);
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = hasPort ? authority.substring(0, colon) : authority;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    String port = hasPort ? authority.substring(colon + 1) : "";
    return new Tcp(text, host.toLowerCase(Locale.ROOT), port(port, tls), tls);
  }

  private static int port(String port, boolean tls) {
    if (port.isEmpty()) {
      return tls ? 443 : 80;
    }
    try {
      int number = Integer.parseInt(port);
      if (number > 0 && number < 65536) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below, with the URL
    }
    throw new UnknownProtocolException("Port could not be cast to integer value as '" + port + "'");
  }
}

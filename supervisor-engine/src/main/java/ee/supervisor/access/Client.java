package ee.supervisor.access;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * Who has connected, as the connection itself shows: nothing that a client sends is in it.
 *
 * @param listener the section of the server that it came by, such as {@code inet_http_server} or
 *     {@code unix_http_server:admin}
 * @param address its numeric IP address, or {@value #UNIX}
 * @param uid the account of a client of a Unix socket (SO_PEERCRED); empty for others
 */
public record Client(String listener, String address, OptionalInt uid) {
  /** The address of every client of a Unix socket. */
  public static final String UNIX = "unix";

  public Client {
    requireNonNull(listener);
    requireNonNull(address);
    requireNonNull(uid);
  }

  /** A client of a TCP server. */
  public static Client inet(String listener, String address) {
    return new Client(listener, address, OptionalInt.empty());
  }

  /** A client of a Unix socket. */
  public static Client unix(String listener, int uid) {
    return new Client(listener, UNIX, OptionalInt.of(uid));
  }
}

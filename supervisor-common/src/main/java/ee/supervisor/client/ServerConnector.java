package ee.supervisor.client;

import java.util.Optional;

/**
 * Reaches supervisord by another way than XML-RPC; found by {@link java.util.ServiceLoader} when a
 * URL's scheme is none of http, https and unix.
 */
public interface ServerConnector {

  /**
   * Whether a URL is of a kind that this connector knows.
   *
   * @param url as the operator wrote it
   * @return true to be asked for a connection
   */
  boolean accepts(String url);

  /**
   * Makes a client; it may connect when it is first used.
   *
   * @param url one that {@link #accepts}
   * @param username who we say we are, if given
   * @param password what proves it, if given
   * @return a client that answers the calls of {@code supervisor.*} as supervisord would
   */
  Server connect(String url, Optional<String> username, Optional<String> password);
}

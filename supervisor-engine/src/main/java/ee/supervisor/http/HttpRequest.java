package ee.supervisor.http;

import ee.supervisor.access.Caller;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A whole request of a caller who was let in.
 *
 * @param method as sent, such as {@code POST}
 * @param path decoded, without the query; begins with a slash
 * @param query as sent, without the question mark; empty where there is none
 * @param headers by lower-case name; of a name sent twice, the first
 * @param body empty where there is none; not copied, nobody may change it
 * @param caller who makes it
 */
@SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
public record HttpRequest(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    byte[] body,
    Caller caller) {

  /** The value of a header, whatever the case of {@code name}. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}

package ee.supervisor.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where metrics and lifecycle events are sent by OpenTelemetry's protocol.
 *
 * @param endpoint of the collector, without the path of a signal and without a slash at its end
 * @param headers sent with each request, empty where the file has none; their values are secret
 * @param interval between two times that metrics are sent, empty where the file does not say
 */
public record OtlpConfig(
    String endpoint, Map<String, String> headers, Optional<Duration> interval) {

  /** A token (RFC 9110, 5.6.2). */
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Those that an HTTP client sets itself. */
  private static final Set<String> RESERVED =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "transfer-encoding",
          "upgrade");

  public OtlpConfig {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Whether a header can be sent: a token as name, not one that HTTP sets, and printable ASCII. */
  public static boolean isSendable(String name, String value) {
    return HEADER_NAME.matcher(name).matches()
        && !RESERVED.contains(name.toLowerCase(Locale.ROOT))
        && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  /** Without the values of headers. */
  @Override
  public String toString() {
    return "OtlpConfig[%s, %s, %s]".formatted(endpoint, headers.keySet(), interval);
  }
}

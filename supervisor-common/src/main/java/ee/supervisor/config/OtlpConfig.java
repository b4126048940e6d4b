package ee.supervisor.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where metrics and lifecycle events are sent by OpenTelemetry's protocol.
 *
 * @param endpoint of the collector, without the path of a signal and without a slash at its end
 * @param headers sent with each request, empty where the file has none; their values are secret
 * @param interval between two times that metrics are sent, empty where the file does not say
 */
public record OtlpConfig(
    String endpoint, Map<String, String> headers, Optional<Duration> interval) {

  public OtlpConfig {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Without the values of headers. */
  @Override
  public String toString() {
    return "OtlpConfig[%s, %s, %s]".formatted(endpoint, headers.keySet(), interval);
  }
}

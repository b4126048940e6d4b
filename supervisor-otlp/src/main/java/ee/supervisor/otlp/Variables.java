package ee.supervisor.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.config.OtlpConfig;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What OpenTelemetry's standard environment variables say. One that is wrong is not followed, and
 * named in a warning without its value, which may be secret.
 */
final class Variables {
  private static final String EXPORTER = "OTEL_EXPORTER_OTLP_";
  private static final Set<String> COMPRESSIONS = Set.of("gzip", "none");

  private final Map<String, String> environment;
  private final Consumer<String> warnings;

  Variables(Map<String, String> environment, Consumer<String> warnings) {
    this.environment = environment;
    this.warnings = warnings;
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(t -> !t.isEmpty());
  }

  /** The variable for one signal, or else that for all. */
  private Optional<String> nameFor(Signal signal, String what) {
    String own = EXPORTER + signal.name() + "_" + what;
    return text(own).isPresent()
        ? Optional.of(own)
        : Optional.of(EXPORTER + what).filter(all -> text(all).isPresent());
  }

  Optional<String> serviceName() {
    return text("OTEL_SERVICE_NAME");
  }

  Map<String, String> resourceAttributes() {
    return pairs("OTEL_RESOURCE_ATTRIBUTES");
  }

  Optional<Duration> metricInterval() {
    return millis("OTEL_METRIC_EXPORT_INTERVAL");
  }

  Optional<Duration> timeout(Signal signal) {
    return nameFor(signal, "TIMEOUT").flatMap(this::millis);
  }

  Map<String, String> headers(Signal signal) {
    Optional<String> name = nameFor(signal, "HEADERS");
    if (name.isEmpty()) {
      return Map.of();
    }
    Map<String, String> headers = pairs(name.get());
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (!OtlpConfig.isSendable(header.getKey(), header.getValue())) {
        refuse(name.get(), "has a header that cannot be sent");
        return Map.of();
      }
    }
    return headers;
  }

  Optional<String> compression(Signal signal) {
    Optional<String> name = nameFor(signal, "COMPRESSION");
    Optional<String> value = name.flatMap(this::text);
    if (value.isPresent() && !COMPRESSIONS.contains(value.get())) {
      refuse(name.get(), "is neither gzip nor none");
      return Optional.empty();
    }
    return value;
  }

  /** The content of the file that a variable names. */
  Optional<byte[]> file(Signal signal, String what) {
    Optional<String> name = nameFor(signal, what);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(Path.of(text(name.get()).orElseThrow())));
    } catch (IOException | InvalidPathException e) {
      refuse(name.get(), "names a file that cannot be read: " + e);
      return Optional.empty();
    }
  }

  private Optional<Duration> millis(String name) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      long millis = Long.parseLong(value.get());
      if (millis > 0 && millis <= Duration.ofDays(1).toMillis()) {
        return Optional.of(Duration.ofMillis(millis));
      }
    } catch (NumberFormatException e) {
      refuse(name, "is no number of milliseconds");
      return Optional.empty();
    }
    refuse(name, "is not between 1 ms and a day");
    return Optional.empty();
  }

  /** {@code a=b,c=d}, with values encoded as in a URL. */
  private Map<String, String> pairs(String name) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : text(name).orElse("").split(",", -1)) {
      int equals = pair.indexOf('=');
      if (pair.isBlank()) {
        continue;
      }
      if (equals <= 0) {
        refuse(name, "is not of the form name=value,name=value");
        return Map.of();
      }
      try {
        // '+' is a plus sign here
        String value = pair.substring(equals + 1).strip().replace("+", "%2B");
        pairs.put(pair.substring(0, equals).strip(), URLDecoder.decode(value, UTF_8));
      } catch (IllegalArgumentException e) {
        refuse(name, "has a value with a % that begins no %XX");
        return Map.of();
      }
    }
    return pairs;
  }

  private void refuse(String name, String why) {
    warnings.accept("environment variable %s %s: it is not followed".formatted(name, why));
  }
}

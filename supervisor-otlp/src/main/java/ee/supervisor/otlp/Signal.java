package ee.supervisor.otlp;

import java.util.Locale;

/** The kinds of things that are sent, by their names in OpenTelemetry. */
enum Signal {
  LOGS,
  METRICS;

  /** Where a collector takes it. */
  String path() {
    return "/v1/" + name().toLowerCase(Locale.ROOT);
  }
}

package ee.supervisor.web.metrics;

import ee.supervisor.metrics.MetricFamily;
import ee.supervisor.metrics.MetricFamily.Sample;
import ee.supervisor.web.http.Preferences;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Metrics as text: Prometheus' format 0.0.4, or OpenMetrics 1.0. */
enum Exposition {
  PROMETHEUS("text/plain", "version=0.0.4; charset=utf-8"),
  OPENMETRICS("application/openmetrics-text", "version=1.0.0; charset=utf-8");

  private static final List<String> UNITS = List.of("seconds", "bytes");

  private final String mediaType;
  private final String parameters;

  Exposition(String mediaType, String parameters) {
    this.mediaType = mediaType;
    this.parameters = parameters;
  }

  /**
   * The format for a client with that Accept header, null for none. Whoever would take neither gets
   * Prometheus' all the same, as from other exporters.
   */
  static Exposition accepted(String header) {
    Preferences preferences = Preferences.of(header);
    return preferences.quality(OPENMETRICS.mediaType) > preferences.quality(PROMETHEUS.mediaType)
        ? OPENMETRICS
        : PROMETHEUS;
  }

  String contentType() {
    return mediaType + "; " + parameters;
  }

  /** The whole response. */
  String write(List<MetricFamily> families) {
    StringBuilder text = new StringBuilder();
    families.forEach(family -> write(text, family));
    return text.append(this == OPENMETRICS ? "# EOF\n" : "").toString();
  }

  private void write(StringBuilder text, MetricFamily family) {
    boolean open = this == OPENMETRICS;
    String name = open ? family.name() : family.name() + family.type().suffix();
    text.append("# HELP ").append(name).append(' ');
    text.append(open ? quotable(family.help()) : escape(family.help()));
    text.append("\n# TYPE ").append(name).append(' ').append(type(family.type())).append('\n');
    if (open) {
      unit(name).forEach(u -> text.append("# UNIT " + name + ' ' + u + '\n'));
    }
    family.samples().forEach(sample -> write(text, family.name() + sample.suffix(), sample));
  }

  /** Prometheus' own format knows no info. */
  private String type(MetricFamily.Type type) {
    MetricFamily.Type told =
        this == PROMETHEUS && type == MetricFamily.Type.INFO ? MetricFamily.Type.GAUGE : type;
    return told.name().toLowerCase(Locale.ROOT);
  }

  private static Stream<String> unit(String name) {
    return UNITS.stream().filter(unit -> name.endsWith('_' + unit));
  }

  private static void write(StringBuilder text, String name, Sample sample) {
    text.append(name);
    if (!sample.labels().isEmpty()) {
      String separator = "{";
      for (Map.Entry<String, String> label : sample.labels().entrySet()) {
        text.append(separator).append(label.getKey()).append("=\"");
        text.append(quotable(label.getValue())).append('"');
        separator = ",";
      }
      text.append('}');
    }
    text.append(' ').append(number(sample.value())).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String quotable(String text) {
    return escape(text).replace("\"", "\\\"");
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }
}

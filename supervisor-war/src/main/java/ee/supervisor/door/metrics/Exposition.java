package ee.supervisor.door.metrics;

import ee.supervisor.door.metrics.MetricFamily.Sample;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Metrics as text: Prometheus' format 0.0.4, or OpenMetrics 1.0. */
enum Exposition {
  PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
  OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

  private final String contentType;

  Exposition(String contentType) {
    this.contentType = contentType;
  }

  /** The format for a client with that Accept header, null for none. */
  static Exposition accepted(String header) {
    return header != null && header.contains("application/openmetrics-text")
        ? OPENMETRICS
        : PROMETHEUS;
  }

  String contentType() {
    return contentType;
  }

  /** The whole answer. */
  String write(List<MetricFamily> families) {
    StringBuilder text = new StringBuilder();
    for (MetricFamily family : families) {
      boolean counter = family.type() == MetricFamily.Type.COUNTER;
      String sampleName = counter ? family.name() + "_total" : family.name();
      String familyName = this == OPENMETRICS ? family.name() : sampleName;
      text.append("# HELP ").append(familyName).append(' ').append(escape(family.help()));
      text.append("\n# TYPE ").append(familyName).append(' ');
      text.append(family.type().name().toLowerCase(Locale.ROOT)).append('\n');
      family.samples().forEach(sample -> write(text, sampleName, sample));
    }
    return text.append(this == OPENMETRICS ? "# EOF\n" : "").toString();
  }

  private static void write(StringBuilder text, String name, Sample sample) {
    text.append(name);
    if (!sample.labels().isEmpty()) {
      String separator = "{";
      for (Map.Entry<String, String> label : sample.labels().entrySet()) {
        text.append(separator).append(label.getKey()).append("=\"");
        text.append(escape(label.getValue()).replace("\"", "\\\"")).append('"');
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

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }
}

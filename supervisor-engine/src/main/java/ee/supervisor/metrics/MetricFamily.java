package ee.supervisor.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of one kind, each with labels of its own.
 *
 * @param name by Prometheus' conventions: with its unit, but without what its type adds ({@code
 *     _total}, {@code _info})
 * @param help what it is, for a person
 * @param type how it may change
 * @param samples the figures
 */
public record MetricFamily(String name, String help, Type type, List<Sample> samples) {

  /** How a figure may change. */
  public enum Type {
    /** Only grows. */
    COUNTER("_total"),
    /** Goes up and down. */
    GAUGE(""),
    /** Counts by size. */
    HISTOGRAM(""),
    /** Says something by its labels alone. */
    INFO("_info");

    private final String suffix;

    Type(String suffix) {
      this.suffix = suffix;
    }

    /** What a sample's name has behind its family's. */
    public String suffix() {
      return suffix;
    }
  }

  /**
   * One figure.
   *
   * @param suffix of its name, behind the family's
   * @param labels in the order they are shown
   */
  public record Sample(String suffix, Map<String, String> labels, double value) {}

  public MetricFamily {
    samples = List.copyOf(samples);
  }

  /** A gauge without labels. */
  static MetricFamily gauge(String name, String help, double value) {
    return new Builder(Type.GAUGE, name, help).add(Map.of(), value).build();
  }

  /** A counter without labels. */
  static MetricFamily counter(String name, String help, double value) {
    return new Builder(Type.COUNTER, name, help).add(Map.of(), value).build();
  }

  /** Puts a family together figure by figure. */
  static final class Builder {
    private final String name;
    private final String help;
    private final Type type;
    private final List<Sample> samples = new ArrayList<>();

    Builder(Type type, String name, String help) {
      this.type = type;
      this.name = name;
      this.help = help;
    }

    Builder add(Map<String, String> labels, double value) {
      return add(type.suffix(), labels, value);
    }

    /** A count; those beyond 2^53 are not shown exactly. */
    Builder add(Map<String, String> labels, long count) {
      return add(labels, (double) count);
    }

    Builder add(String suffix, Map<String, String> labels, double value) {
      samples.add(new Sample(suffix, labels, value));
      return this;
    }

    MetricFamily build() {
      return new MetricFamily(name, help, type, samples);
    }
  }

  /** Labels with one more at their end. */
  static Map<String, String> and(Map<String, String> labels, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(labels);
    more.put(name, value);
    return more;
  }
}

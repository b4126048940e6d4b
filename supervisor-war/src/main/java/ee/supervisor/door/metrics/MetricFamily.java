package ee.supervisor.door.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Figures of one kind, each with labels of its own.
 *
 * @param name by Prometheus' conventions: with its unit; a counter's without {@code _total}
 * @param help what it is, for a person
 * @param type how it may change
 * @param samples the figures
 */
public record MetricFamily(String name, String help, Type type, List<Sample> samples) {

  /** How a figure may change. */
  public enum Type {
    /** Only grows. */
    COUNTER,
    /** Goes up and down. */
    GAUGE
  }

  /**
   * One figure.
   *
   * @param labels in the order they are shown
   */
  public record Sample(Map<String, String> labels, double value) {}

  public MetricFamily {
    samples = List.copyOf(samples);
  }

  /** A figure without labels. */
  static MetricFamily gauge(String name, String help, double value) {
    return new MetricFamily(name, help, Type.GAUGE, List.of(new Sample(Map.of(), value)));
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

    void add(Map<String, String> labels, double value) {
      samples.add(new Sample(labels, value));
    }

    MetricFamily build() {
      return new MetricFamily(name, help, type, samples);
    }
  }
}

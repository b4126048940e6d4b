package ee.supervisor.web.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client would rather have, from a header like Accept or Accept-Encoding (RFC 9110, 12.5):
 * values with a quality each. What cannot be read of it is taken as not said.
 */
public final class Preferences {
  private final List<Range> ranges = new ArrayList<>();

  private record Range(String value, double quality) {}

  private Preferences() {}

  /**
   * Reads a header.
   *
   * @param header null for none
   */
  public static Preferences of(String header) {
    Preferences preferences = new Preferences();
    for (String element : Optional.ofNullable(header).orElse("").split(",", -1)) {
      String[] parts = element.split(";", -1);
      String value = parts[0].strip().toLowerCase(Locale.ROOT);
      if (!value.isEmpty()) {
        preferences.ranges.add(new Range(value, quality(parts)));
      }
    }
    return preferences;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
      if (parameter.matches("q=(0(\\.[0-9]*)?|1(\\.0*)?)")) {
        return Double.parseDouble(parameter.substring(2));
      }
    }
    return 1;
  }

  /**
   * How welcome something is: 0 for not at all, 1 for best. The most particular entry counts: one
   * that names it, then {@code type/*}, then {@code *}; of several that name it, the best.
   *
   * @param value in lower case, a media type or an encoding
   */
  public double quality(String value) {
    String kind = value.replaceFirst("/.*", "/*");
    return named(value)
        .or(() -> named(kind))
        .or(() -> named(value.contains("/") ? "*/*" : "*"))
        .orElse(0.0);
  }

  /**
   * Of languages, the one that is most welcome; of several as welcome, the one named first. {@code
   * de-AT} is German.
   *
   * @param tags such as {@code de}
   */
  public Optional<String> firstLanguage(List<String> tags) {
    return ranges.stream()
        .filter(range -> range.quality > 0)
        .sorted(Comparator.comparingDouble(Range::quality).reversed())
        .map(range -> range.value.replaceFirst("-.*", ""))
        .filter(tags::contains)
        .findFirst();
  }

  private Optional<Double> named(String value) {
    return ranges.stream()
        .filter(range -> range.value.equals(value))
        .map(Range::quality)
        .max(Double::compare);
  }
}

package ee.supervisor.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the options of every section into the sample that {@code echo_supervisord_conf} prints:
 * the lines from a section's header to the next blank line. What stands around them, and which
 * options are active there, is the sample's own.
 */
final class SampleFile {
  private static final Pattern HEADER = Pattern.compile(";?\\[([a-z_-]+).*\\].*");
  private static final int COLUMN = 32;
  private static final int WIDTH = 118;

  private SampleFile() {}

  /** The sections of a sample, active or not. */
  static List<SectionKind> sectionsIn(List<String> sample) {
    return sample.stream().flatMap(line -> section(line).stream()).toList();
  }

  /** The sample with every option as {@link Options} has it. */
  static List<String> fill(List<String> sample) {
    List<String> filled = new ArrayList<>();
    for (int i = 0; i < sample.size(); i++) {
      String line = sample.get(i);
      filled.add(line);
      Optional<SectionKind> section = section(line);
      if (section.isPresent()) {
        Set<String> active = new HashSet<>();
        for (; i + 1 < sample.size() && !sample.get(i + 1).isEmpty(); i++) {
          active.add(sample.get(i + 1).replaceFirst(" *=.*", ""));
        }
        for (Option<?, ?> option : Options.in(section.get())) {
          filled.addAll(lines(option, section.get(), active.contains(option.name())));
        }
      }
    }
    return filled;
  }

  private static Optional<SectionKind> section(String line) {
    Matcher header = HEADER.matcher(line);
    return header.matches()
        ? Arrays.stream(SectionKind.values())
            .filter(section -> section.header().replace(":x", "").equals(header.group(1)))
            .findFirst()
        : Optional.empty();
  }

  private static List<String> lines(Option<?, ?> option, SectionKind section, boolean active) {
    String setting =
        "%s%s=%s".formatted(active ? "" : ";", option.name(), option.absence().sample());
    boolean explained =
        section == SectionKind.PROGRAM || !option.sections().contains(SectionKind.PROGRAM);
    if (!explained) {
      return List.of(setting);
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(pad(setting)).append(" ;");
    for (String word : remark(option).split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(pad("")).append(" ;");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String pad(String text) {
    return text + " ".repeat(Math.max(0, COLUMN - 1 - text.length()));
  }

  private static String remark(Option<?, ?> option) {
    Absence absence = option.absence();
    String otherwise = absence.value().filter(v -> !v.equals(absence.sample())).orElse("");
    String leftOut = otherwise.isEmpty() ? absence.words() : otherwise;
    return plain(
        option.meaning()
            + (absence.required() ? "; must be set" : "")
            + (leftOut.isEmpty() ? "" : "; left out: " + leftOut));
  }

  private static String plain(String markdown) {
    return markdown.replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1").replace("`", "");
  }
}

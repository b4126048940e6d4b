package ee.supervisor.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the options of sections into a Markdown page, between the lines that mark the place. */
final class OptionTables {
  private static final String END = "<!-- end of options -->";
  private static final Pattern TABLE =
      Pattern.compile("<!-- options: (.*) -->\n(?s:.*?)" + Pattern.quote(END));

  private OptionTables() {}

  /** The page with every table as {@link Options} has it. */
  static String fill(String page) {
    return TABLE
        .matcher(page)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    "<!-- options: %s -->\n%s%s"
                        .formatted(found.group(1), table(sections(found.group(1))), END)));
  }

  /** The sections whose options a page shows. */
  static List<SectionKind> sectionsIn(String page) {
    return TABLE
        .matcher(page)
        .results()
        .flatMap(found -> sections(found.group(1)).stream())
        .toList();
  }

  private static List<SectionKind> sections(String headers) {
    return Arrays.stream(headers.split(", "))
        .map(
            header ->
                Arrays.stream(SectionKind.values())
                    .filter(section -> section.header().equals(header))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no section " + header)))
        .toList();
  }

  private static String table(List<SectionKind> sections) {
    List<Option<?, ?>> options =
        sections.stream().flatMap(section -> own(section).stream()).distinct().toList();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("section", "option", "kind", "default", "meaning"));
    rows.add(List.of("---", "---", "---", "---", "---"));
    for (Option<?, ?> option : options) {
      rows.add(
          List.of(
              section(option),
              "`" + option.name() + "`" + option.flag().map(" (`%s`)"::formatted).orElse(""),
              option.kind().label(),
              absence(option.absence()),
              option.meaning()));
    }
    return rows.stream()
        .map(row -> sections.size() > 1 ? row : row.subList(1, row.size()))
        .map(row -> row.stream().collect(Collectors.joining(" | ", "| ", " |\n")))
        .map(row -> row.replace("|  |", "| |").replace(" --- ", "---"))
        .collect(Collectors.joining());
  }

  /** What every program has is in the table of [program:x] alone. */
  private static List<Option<?, ?>> own(SectionKind section) {
    return Options.in(section).stream()
        .filter(
            option ->
                section == SectionKind.PROGRAM || !option.sections().contains(SectionKind.PROGRAM))
        .toList();
  }

  private static String section(Option<?, ?> option) {
    return option.sections().size() > 1
        ? "both"
        : option.sections().get(0).header().toLowerCase(Locale.ROOT).replaceAll("_http_server", "");
  }

  private static String absence(Absence absence) {
    return absence.required()
        ? "must be set"
        : absence.value().map("`%s`"::formatted).orElse(absence.words());
  }
}

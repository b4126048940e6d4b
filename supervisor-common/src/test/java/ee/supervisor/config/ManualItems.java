package ee.supervisor.config;

import ee.supervisor.testing.ManualPage;
import java.util.List;
import java.util.Locale;

/** The options of a section as supervisord.conf(5) explains them. */
final class ManualItems {
  private ManualItems() {}

  /** What every program has is explained with [program:x] alone. */
  static List<ManualPage.Item> of(SectionKind section) {
    return Options.in(section).stream()
        .filter(
            option ->
                section == SectionKind.PROGRAM || !option.sections().contains(SectionKind.PROGRAM))
        .map(ManualItems::item)
        .toList();
  }

  private static ManualPage.Item item(Option<?, ?> option) {
    String kind = option.kind().label().replace("`", "");
    return new ManualPage.Item(
        "Ic " + option.name() + (kind.isEmpty() ? "" : " Pq " + ManualPage.argument(kind)),
        "%s.%s%s"
            .formatted(
                capitalised(option.meaning()),
                absence(option.absence()),
                option.flag().map(" On the command line: `%s`."::formatted).orElse("")));
  }

  private static String capitalised(String meaning) {
    return meaning.substring(0, 1).toUpperCase(Locale.ROOT) + meaning.substring(1);
  }

  private static String absence(Absence absence) {
    if (absence.required()) {
      return " Must be set.";
    }
    String otherwise = absence.value().map("`%s`"::formatted).orElse(absence.words());
    return otherwise.isEmpty() ? "" : " Default: " + otherwise + ".";
  }
}

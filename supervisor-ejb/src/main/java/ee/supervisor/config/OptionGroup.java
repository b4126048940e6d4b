package ee.supervisor.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The options whose values one kind of record holds, in the order of their declaration.
 *
 * @param <C> the record
 */
final class OptionGroup<C> {
  private final List<SectionKind> sections;
  private final List<Option<C, ?>> options = new ArrayList<>();

  /**
   * @param sections where its options may stand
   */
  OptionGroup(List<SectionKind> sections) {
    this.sections = List.copyOf(sections);
  }

  void add(Option<C, ?> option) {
    options.add(option);
  }

  List<SectionKind> sections() {
    return sections;
  }

  List<Option<C, ?>> options() {
    return Collections.unmodifiableList(options);
  }
}

package ee.supervisor.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One option that a configuration may set, as {@link Options} declares it.
 *
 * @param <C> the record that its value ends up in
 * @param <T> what its value is
 */
public final class Option<C, T> {
  private final String name;
  private final Optional<String> flag;
  private final Kind<T> kind;
  private final Absence absence;
  private final List<SectionKind> sections;
  private final String meaning;
  private final Optional<Function<C, T>> value;

  Option(
      String name,
      Optional<String> flag,
      Kind<T> kind,
      Absence absence,
      List<SectionKind> sections,
      String meaning,
      Optional<Function<C, T>> value) {
    this.name = requireNonNull(name);
    this.flag = requireNonNull(flag);
    this.kind = requireNonNull(kind);
    this.absence = requireNonNull(absence);
    this.sections = List.copyOf(sections);
    this.meaning = requireNonNull(meaning);
    this.value = requireNonNull(value);
  }

  /** Its name in the file, lower case. */
  public String name() {
    return name;
  }

  /** How supervisord's command line spells it, if that can set it. */
  public Optional<String> flag() {
    return flag;
  }

  /** What its values are like. */
  public Kind<T> kind() {
    return kind;
  }

  /** What it is where it is not set. */
  public Absence absence() {
    return absence;
  }

  /** Where it may stand. */
  public List<SectionKind> sections() {
    return sections;
  }

  /** What it does, in Markdown, in one line. */
  public String meaning() {
    return meaning;
  }

  /** Whether a configuration's record has its value, and so it can be shown. */
  public boolean isShown() {
    return value.isPresent();
  }

  /** The name of its value in a JSON document. */
  public String jsonName() {
    return kind.jsonName().orElse(name);
  }

  /** Its value in a configuration as JSON has it; null where it is not set. */
  public Object json(C config) {
    T set = valueIn(config);
    return set == null ? null : kind.json(set);
  }

  /** Its value in a configuration about as a file would have it. */
  public String text(C config) {
    T set = valueIn(config);
    return set == null ? absence.value().orElse("") : kind.text(set);
  }

  private T valueIn(C config) {
    return value.orElseThrow(() -> new IllegalStateException(name + " is not shown")).apply(config);
  }

  @Override
  public String toString() {
    return name;
  }
}

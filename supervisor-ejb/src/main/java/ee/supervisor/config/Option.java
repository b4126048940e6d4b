package ee.supervisor.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One option that a configuration may set, as {@link Options} declares it.
 *
 * @param <C> the record that its value ends up in
 * @param <T> what its value is
 */
public class Option<C, T> {
  private final String name;
  private final Optional<String> flag;
  private final Kind<T> kind;
  private final Absence absence;
  private final List<SectionKind> sections;
  private final String meaning;

  /** One that is set in a file alone. */
  Option(OptionGroup<C> group, String name, Kind<T> kind, Absence absence, String meaning) {
    this(group, name, Optional.empty(), kind, absence, meaning);
  }

  /**
   * @param group which it becomes one of
   */
  Option(
      OptionGroup<C> group,
      String name,
      Optional<String> flag,
      Kind<T> kind,
      Absence absence,
      String meaning) {
    this.name = requireNonNull(name);
    this.flag = requireNonNull(flag);
    this.kind = requireNonNull(kind);
    this.absence = requireNonNull(absence);
    this.sections = group.sections();
    this.meaning = requireNonNull(meaning);
    group.add(this);
  }

  /** Its name in the file, lower case. */
  public final String name() {
    return name;
  }

  /** How supervisord's command line spells it, if that can set it. */
  public final Optional<String> flag() {
    return flag;
  }

  /** What its values are like. */
  public final Kind<T> kind() {
    return kind;
  }

  /** What it is where it is not set. */
  public final Absence absence() {
    return absence;
  }

  /** Where it may stand. */
  public final List<SectionKind> sections() {
    return sections;
  }

  /** What it does, in Markdown, in one line. */
  public final String meaning() {
    return meaning;
  }

  /** The name of its value in a JSON document. */
  public final String jsonName() {
    return kind.jsonName().orElse(name);
  }

  @Override
  public final String toString() {
    return name;
  }
}

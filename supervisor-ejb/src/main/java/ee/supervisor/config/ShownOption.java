package ee.supervisor.config;

import java.util.Optional;

/**
 * An option whose value can be shown: a configuration's record has it. A class for each says where,
 * not a lambda, which would take longer to link at every start than the whole file to read.
 *
 * @param <C> the record
 * @param <T> what its value is
 */
public abstract class ShownOption<C, T> extends Option<C, T> {

  /** One that is set in a file alone. */
  ShownOption(OptionGroup<C> group, String name, Kind<T> kind, Absence absence, String meaning) {
    super(group, name, kind, absence, meaning);
  }

  /** One that the command line may set too. */
  ShownOption(
      OptionGroup<C> group,
      String name,
      String flag,
      Kind<T> kind,
      Absence absence,
      String meaning) {
    super(group, name, Optional.of(flag), kind, absence, meaning);
  }

  /** Its value; null where it is not set. */
  abstract T valueIn(C config);

  /** Its value in a configuration as JSON has it; null where it is not set. */
  public final Object json(C config) {
    T value = valueIn(config);
    return value == null ? null : kind().json(value);
  }

  /** Its value in a configuration about as a file would have it. */
  public final String text(C config) {
    T value = valueIn(config);
    return value == null ? absence().value().orElse("") : kind().text(value);
  }
}

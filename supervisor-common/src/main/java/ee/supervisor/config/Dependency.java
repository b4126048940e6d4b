package ee.supervisor.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a program waits for before it is started: one entry of {@code depends_on}.
 *
 * @param on the processes that it waits for
 * @param condition what has to be true of each; empty for READY where that one has a readiness
 *     check, else RUNNING
 */
public record Dependency(ProcessSelector on, Optional<Condition> condition) {

  static final String CONDITIONS = "it has to be started, running, ready, completed or exited";

  /** What may be waited for. */
  public enum Condition {
    /** There is or was a child of it since it was last stopped. */
    STARTED("to be started"),
    /** It is RUNNING. */
    RUNNING("to be running"),
    /** It is RUNNING, and ready by its readiness check. */
    READY("to be ready"),
    /** It has ended by itself with one of its exitcodes. */
    COMPLETED("to complete"),
    /** It has ended by itself. */
    EXITED("to exit");

    private final String words;

    Condition(String words) {
      this.words = words;
    }

    /** For a sentence: waiting for x {@code to be ready}. */
    public String words() {
      return words;
    }

    /** Its name in a file. */
    public String lowerCase() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether only a process that has ended can meet it. */
    public boolean isOfTheEnd() {
      return this == COMPLETED || this == EXITED;
    }

    static Optional<Condition> named(String text) {
      return Arrays.stream(values()).filter(c -> c.lowerCase().equals(text)).findFirst();
    }
  }

  /** Reads {@code db}, {@code db:ready}, {@code group:db}, {@code group:*:running}. */
  static Dependency parse(String text) throws ConfigException {
    int colon = text.lastIndexOf(':');
    Optional<Condition> condition =
        colon < 0 ? Optional.empty() : Condition.named(text.substring(colon + 1));
    if (condition.isEmpty() && colon != text.indexOf(':')) {
      throw new ConfigException(
          "'%s' is no condition: %s".formatted(text.substring(colon + 1), CONDITIONS));
    }
    return new Dependency(
        ProcessSelector.parse(condition.isEmpty() ? text : text.substring(0, colon)), condition);
  }

  @Override
  public String toString() {
    return on + condition.map(c -> ":" + c.lowerCase()).orElse("");
  }
}

package ee.supervisor.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * With which end of which program supervisord ends too: one entry of {@code exit_on}.
 *
 * @param of whose end
 * @param end what kind of end
 */
public record ExitRule(Whose of, End end) {

  /** Which end. */
  public enum End {
    /** It has become FATAL. */
    FATAL,
    /** It has ended by itself, with whatever code, even if it would be restarted. */
    EXITED;

    private static Optional<End> named(String text) {
      return Arrays.stream(values())
          .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(text))
          .findFirst();
    }
  }

  /** Whose end it is about. */
  public sealed interface Whose {
    /** Whichever program ends first. */
    record Any() implements Whose {
      @Override
      public String toString() {
        return "any";
      }
    }

    /** The last one: none runs any more. */
    record All() implements Whose {
      @Override
      public String toString() {
        return "all";
      }
    }

    /** Any of those that are named. */
    record Named(ProcessSelector processes) implements Whose {
      @Override
      public String toString() {
        return processes.toString();
      }
    }
  }

  /** Reads {@code web:fatal}, {@code group:*:exited}, {@code all:exited}. */
  static ExitRule parse(String text) throws ConfigException {
    int colon = text.lastIndexOf(':');
    Optional<End> end = colon < 0 ? Optional.empty() : End.named(text.substring(colon + 1));
    if (end.isEmpty()) {
      throw new ConfigException("'%s' does not end in :fatal or :exited".formatted(text));
    }
    String of = text.substring(0, colon);
    Whose whose =
        switch (of) {
          case "any" -> new Whose.Any();
          case "all" -> new Whose.All();
          default -> new Whose.Named(ProcessSelector.parse(of));
        };
    return new ExitRule(whose, end.get());
  }

  @Override
  public String toString() {
    return of + ":" + end.name().toLowerCase(Locale.ROOT);
  }
}

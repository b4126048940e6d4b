package ee.supervisor.config;

import java.time.Duration;
import java.util.Locale;

/**
 * A check that is made of a running process again and again (manual: docs/health-checks.md).
 *
 * @param target what is looked at
 * @param initialDelay from the start of the process to the first check
 * @param period from one check to the next
 * @param timeout after which a check has failed
 * @param successThreshold successes in a row that make it pass
 * @param failureThreshold failures in a row that make it fail
 * @param action what is done then
 */
public record CheckConfig(
    CheckTarget target,
    Duration initialDelay,
    Duration period,
    Duration timeout,
    long successThreshold,
    long failureThreshold,
    FailureAction action) {

  /** What is done when a check fails. */
  public sealed interface FailureAction {

    /** Nothing: it is shown, and others wait. */
    record None() implements FailureAction {}

    /** The process is stopped and started again. */
    record Restart() implements FailureAction {}

    /** The process is stopped. */
    record Stop() implements FailureAction {}

    /** A command is run. */
    record Script(String command) implements FailureAction {}

    /** Reads {@code none}, {@code restart}, {@code stop}, or a command. */
    static FailureAction parse(String text) throws ConfigException {
      String stripped = WhiteSpace.strip(text);
      return switch (stripped.toLowerCase(Locale.ROOT)) {
        case "none" -> new None();
        case "restart" -> new Restart();
        case "stop" -> new Stop();
        case "" -> throw new ConfigException("none, restart, stop or a command is wanted");
        default -> new Script(stripped);
      };
    }

    /** As a file would have it. */
    default String text() {
      return this instanceof Script script
          ? script.command()
          : getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
  }
}

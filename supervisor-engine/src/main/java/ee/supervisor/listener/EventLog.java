package ee.supervisor.listener;

import ee.supervisor.config.LogLevel;
import java.util.function.Supplier;

/** Where this package's lines of the activity log go. */
@FunctionalInterface
public interface EventLog {

  /**
   * Writes one line.
   *
   * @param level its level
   * @param message makes the text; only to be asked when {@code level} is logged at all
   */
  void log(LogLevel level, Supplier<String> message);
}

package ee.supervisor.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Commands that are run around the life of a process.
 *
 * @param preStart before it is started; that fails when this does
 * @param postStart when it has become RUNNING
 * @param preStop before it is asked to stop
 * @param postStop when it has ended
 * @param stopCommand asks it to stop, in place of a signal
 * @param timeout after which each of them is killed
 */
public record HooksConfig(
    Optional<String> preStart,
    Optional<String> postStart,
    Optional<String> preStop,
    Optional<String> postStop,
    Optional<String> stopCommand,
    Duration timeout) {

  static HooksConfig of(OptionValues values) throws ConfigException {
    Duration timeout = values.get(Options.HOOK_TIMEOUT);
    if (timeout.isNegative() || timeout.isZero()) {
      throw new ConfigException(
          "hook_timeout is %s: some seconds are wanted".formatted(Conversions.text(timeout)));
    }
    return new HooksConfig(
        values.find(Options.PRE_START_HOOK).flatMap(GoOptions::command),
        values.find(Options.POST_START_HOOK),
        values.find(Options.PRE_STOP_HOOK).flatMap(GoOptions::command),
        values.find(Options.POST_STOP_HOOK),
        values.find(Options.STOP_COMMAND),
        timeout);
  }
}

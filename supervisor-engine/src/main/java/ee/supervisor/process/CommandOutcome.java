package ee.supervisor.process;

import java.util.Optional;

/**
 * How a command went.
 *
 * @param failure why it failed, empty if it exited with 0
 */
public record CommandOutcome(Optional<String> failure) {
  static final CommandOutcome SUCCESS = new CommandOutcome(Optional.empty());

  static CommandOutcome failed(String why) {
    return new CommandOutcome(Optional.of(why));
  }
}

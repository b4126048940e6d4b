package ee.supervisor.superlance;

import java.util.List;
import java.util.Optional;

/**
 * A message to be sent.
 *
 * @param from sender; empty leaves it to the mail program
 * @param to addresses, at least one
 * @param subject empty for none
 * @param body its text
 */
record Mail(Optional<String> from, List<String> to, Optional<String> subject, String body) {

  Mail {
    to = List.copyOf(to);
  }
}

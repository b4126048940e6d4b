package ee.supervisor.ctl.action;

import ee.supervisor.ctl.spi.NoAnswerException;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;
import java.util.Locale;

/** Asks an operator whether something is really meant. */
final class Question {

  private Question() {}

  /** Whether the answer begins with y; without an operator to ask it is yes. */
  static boolean confirm(Session session, String question) throws IOException {
    if (!session.interactive()) {
      return true;
    }
    String answer = session.readLine(question).orElseThrow(NoAnswerException::new);
    return answer.toLowerCase(Locale.ROOT).startsWith("y");
  }
}

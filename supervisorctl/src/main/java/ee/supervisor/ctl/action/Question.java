package ee.supervisor.ctl.action;

import ee.supervisor.ctl.spi.NoAnswerException;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;
import java.util.Locale;

/** Asks an operator whether something is really meant. */
final class Question {

  private Question() {}

  /**
   * Whether the answer begins with y; without an operator to ask it is yes.
   *
   * @param referenceLine where the reference asks the same, for the case that the input ends
   */
  static boolean confirm(Session session, String question, int referenceLine) throws IOException {
    if (!session.interactive()) {
      return true;
    }
    String answer =
        session.readLine(question).orElseThrow(() -> new NoAnswerException(referenceLine));
    return answer.toLowerCase(Locale.ROOT).startsWith("y");
  }
}

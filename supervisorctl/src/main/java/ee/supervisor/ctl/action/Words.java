package ee.supervisor.ctl.action;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** Splits the arguments of an action. */
final class Words {

  private Words() {}

  /** The words between white space, none of them empty. */
  static List<String> of(String argument) {
    StringTokenizer tokens = new StringTokenizer(argument);
    List<String> words = new ArrayList<>();
    while (tokens.hasMoreTokens()) {
      words.add(tokens.nextToken());
    }
    return words;
  }
}

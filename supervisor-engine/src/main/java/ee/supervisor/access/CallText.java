package ee.supervisor.access;

import java.util.List;
import java.util.Set;

/**
 * A call as one text: its name, with those arguments that say what it acts on. Others are left out,
 * since what is written to a program's stdin, for example, may be a password.
 */
public final class CallText {
  /** Parameters whose arguments are no secrets. */
  private static final Set<String> SHOWN = Set.of("name", "group", "signal", "type");

  private CallText() {}

  /**
   * The text.
   *
   * @param name of what is called
   * @param parameters names of its parameters
   * @param arguments in their order; there may be fewer of them
   */
  public static String of(String name, List<String> parameters, List<?> arguments) {
    StringBuilder text = new StringBuilder(Token.of(name));
    for (int i = 0; i < Math.min(parameters.size(), arguments.size()); i++) {
      if (SHOWN.contains(parameters.get(i))) {
        text.append(' ').append(Token.of(String.valueOf(arguments.get(i))));
      }
    }
    return text.toString();
  }
}

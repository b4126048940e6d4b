package ee.supervisor.ctl.action;

import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists the actions, or describes one of them. */
public final class HelpAction implements Action {
  private static final int LINE_WIDTH = 79;

  private final Map<String, List<Action>> topics;

  /**
   * Knows what there is to describe.
   *
   * @param topics the actions by the name of the plug-in that brings them
   */
  public HelpAction(Map<String, List<Action>> topics) {
    this.topics = topics;
  }

  @Override
  public String name() {
    return "help";
  }

  @Override
  public String help() {
    return """
        help\t\tList the actions
        help <action>\tTell about one of them""";
  }

  @Override
  public Completes completes() {
    return Completes.ACTIONS;
  }

  @Override
  public void run(Session session, String argument) {
    if (argument.isEmpty()) {
      topics.forEach((topic, actions) -> listActions(session, topic, actions));
      if (session.onScreen()) {
        // in a pipe the list is Supervisor's, to the byte
        list(session, "further", FurtherActions.NAMES);
      }
    } else if (argument.equals(name())) {
      session.print(help());
    } else {
      Optional<Action> action =
          topics.values().stream()
              .flatMap(List::stream)
              .filter(a -> a.name().equals(argument))
              .findFirst()
              .or(() -> FurtherActions.find(argument));
      session.print(action.map(Action::help).orElse("*** No help on " + argument));
    }
  }

  private static void listActions(Session session, String topic, List<Action> actions) {
    list(
        session,
        topic,
        actions.stream().filter(a -> !a.help().isEmpty()).map(Action::name).sorted().toList());
  }

  private static void list(Session session, String topic, List<String> names) {
    String header = topic + " commands (type help <topic>):";
    session.print("");
    if (!names.isEmpty()) {
      session.print(header);
      session.print("=".repeat(header.length()));
      Columns.lines(names, LINE_WIDTH).forEach(session::print);
      session.print("");
    }
  }
}

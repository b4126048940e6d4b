package ee.supervisor.ctl.action;

import ee.supervisor.ctl.logs.LogsAction;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.top.TopAction;
import java.util.List;
import java.util.Optional;

/**
 * Finds the actions that Supervisor does not have. Each is loaded when it is asked for, so that
 * {@code status} does not take longer by any of them.
 */
public final class FurtherActions {

  /** Their names, in alphabetical order. */
  public static final List<String> NAMES =
      List.of("describe", "events", "graph", "logs", "roll", "top", "wait");

  private FurtherActions() {}

  /**
   * The action of a name.
   *
   * @param name what an operator typed
   * @return empty if it is none of {@link #NAMES}
   */
  public static Optional<Action> find(String name) {
    return switch (name) {
      case "describe" -> Optional.of(new DescribeAction());
      case "events" -> Optional.of(new EventsAction());
      case "graph" -> Optional.of(new GraphAction());
      case "logs" -> Optional.of(new LogsAction());
      case "roll" -> Optional.of(new RollAction());
      case "top" -> Optional.of(new TopAction());
      case "wait" -> Optional.of(new WaitAction());
      default -> Optional.empty();
    };
  }
}

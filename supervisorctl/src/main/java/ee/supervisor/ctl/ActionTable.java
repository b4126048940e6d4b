package ee.supervisor.ctl;

import ee.supervisor.ctl.action.FurtherActions;
import ee.supervisor.ctl.action.HelpAction;
import ee.supervisor.ctl.action.StandardActions;
import ee.supervisor.ctl.spi.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows all actions by name. */
final class ActionTable {
  private final Map<String, Action> byName = new LinkedHashMap<>();

  /**
   * Collects the actions; where two have the same name, the first counts.
   *
   * @param plugins further actions by the name of their plug-in
   */
  ActionTable(Map<String, List<Action>> plugins) {
    Map<String, List<Action>> topics = new LinkedHashMap<>();
    topics.put("default", StandardActions.all());
    topics.putAll(plugins);
    List<Action> all = new ArrayList<>();
    all.add(new HelpAction(topics));
    all.add(StandardActions.endOfInput());
    all.addAll(StandardActions.all());
    plugins.values().forEach(all::addAll);
    all.forEach(action -> byName.putIfAbsent(action.name(), action));
  }

  /**
   * The action of a name; those that Supervisor does not have are loaded when they are asked for.
   */
  Optional<Action> find(String name) {
    Action action = byName.get(name);
    return action == null ? FurtherActions.find(name) : Optional.of(action);
  }

  /** The names that an operator may type, {@code help} first. */
  List<String> names() {
    Set<String> names = new LinkedHashSet<>(byName.keySet());
    names.remove("EOF");
    names.addAll(FurtherActions.NAMES);
    return List.copyOf(names);
  }
}

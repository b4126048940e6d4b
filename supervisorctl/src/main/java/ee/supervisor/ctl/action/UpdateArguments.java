package ee.supervisor.ctl.action;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Holds what an operator wrote behind {@code update}.
 *
 * @param groups names; none for all
 * @param plan whether it is only to be said what would be done
 * @param onlyChanged whether of a group only the processes that changed are touched
 * @param json whether the plan is to be shown as JSON
 */
record UpdateArguments(Set<String> groups, boolean plan, boolean onlyChanged, boolean json) {

  /** Reads names and options, wherever they stand. */
  static UpdateArguments parse(String argument) {
    Set<String> groups = new LinkedHashSet<>(Words.of(argument));
    boolean plan = groups.remove("--plan");
    boolean onlyChanged = groups.remove("--only-changed");
    boolean json = plan && groups.remove("--json");
    if (groups.contains("all")) {
      groups.clear();
    }
    return new UpdateArguments(groups, plan, onlyChanged, json);
  }
}

package ee.supervisor.ctl.spi;

import java.util.List;
import java.util.Map;

/**
 * Adds actions to supervisorctl: the class that {@code supervisor.ctl_factory} names in a section
 * {@code [ctlplugin:NAME]}. It needs a public constructor without parameters.
 */
public interface CtlPlugin {

  /**
   * Makes the actions.
   *
   * @param name the section's name, behind {@code ctlplugin:}
   * @param options the section's other keys, expanded
   * @return the actions, in any order
   * @throws IllegalArgumentException if an option is of no use; its message is shown
   */
  List<Action> actions(String name, Map<String, String> options);
}

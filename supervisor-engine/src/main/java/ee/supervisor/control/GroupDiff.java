package ee.supervisor.control;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.ProcessConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What becomes of the processes of a group when it follows its configuration in place.
 *
 * @param kept names of those that go on as they are
 * @param changed what those that are configured otherwise become, in the configuration's order
 * @param added those that are new, in the configuration's order
 * @param removed names of those that are not configured any more
 */
record GroupDiff(
    List<String> kept,
    List<ProcessConfig> changed,
    List<ProcessConfig> added,
    List<String> removed) {

  /** What differs between an active group and the one of its name that is wanted. */
  static GroupDiff between(GroupConfig active, GroupConfig wanted) {
    Map<String, ProcessConfig> now = byName(active);
    Map<String, ProcessConfig> next = byName(wanted);
    Predicate<ProcessConfig> isNew = process -> !now.containsKey(process.name());
    Predicate<ProcessConfig> isSame =
        process -> now.containsKey(process.name()) && now.get(process.name()).sameAs(process);
    return new GroupDiff(
        wanted.processes().stream().filter(isSame).map(ProcessConfig::name).toList(),
        wanted.processes().stream().filter(isNew.or(isSame).negate()).toList(),
        wanted.processes().stream().filter(isNew).toList(),
        active.processes().stream()
            .map(ProcessConfig::name)
            .filter(name -> !next.containsKey(name))
            .toList());
  }

  /**
   * Whether {@code active} follows {@code wanted} process by process, rather than being replaced.
   *
   * @param onlyChanged whether the operator has asked for it; else the configuration has to
   */
  static boolean isInPlace(GroupConfig active, GroupConfig wanted, boolean onlyChanged) {
    boolean asked =
        onlyChanged || wanted.processes().stream().anyMatch(ProcessConfig::rollingUpdate);
    return asked && active.sharesAs(wanted);
  }

  private static Map<String, ProcessConfig> byName(GroupConfig group) {
    Map<String, ProcessConfig> byName = new LinkedHashMap<>();
    group.processes().forEach(process -> byName.put(process.name(), process));
    return byName;
  }
}

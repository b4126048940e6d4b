package ee.supervisor.control;

import ee.supervisor.config.OptionChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What an update would do: nothing has been done yet.
 *
 * @param groups those that would not stay as they are: removed ones, changed ones, then added ones
 */
public record UpdatePlan(List<GroupPlan> groups) {

  public UpdatePlan {
    groups = List.copyOf(groups);
  }

  /** How a group or a process differs from what is active. */
  public enum Change {
    ADDED,
    REMOVED,
    CHANGED,
    UNCHANGED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What would happen to a process. */
  public enum Effect {
    /** It goes on as it is, or is not running and stays so. */
    NONE,
    START,
    STOP,
    RESTART,
    /** It is restarted when it is its turn in a rolling restart. */
    ROLL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What would become of a group.
   *
   * @param inPlace whether it would follow process by process, else it is replaced as a whole
   * @param options those of the group itself that differ
   */
  public record GroupPlan(
      String group,
      Change change,
      boolean inPlace,
      List<OptionChange> options,
      List<ProcessPlan> processes) {

    public GroupPlan {
      options = List.copyOf(options);
      processes = List.copyOf(processes);
    }
  }

  /**
   * What would become of a process.
   *
   * @param name as clients name it
   * @param options those that differ
   */
  public record ProcessPlan(String name, Change change, Effect effect, List<OptionChange> options) {

    public ProcessPlan {
      options = List.copyOf(options);
    }
  }

  /** The names of the processes to which that would happen. */
  public List<String> processes(Predicate<Effect> effect) {
    return groups.stream()
        .flatMap(group -> group.processes().stream())
        .filter(process -> effect.test(process.effect()))
        .map(ProcessPlan::name)
        .toList();
  }

  private List<String> groups(Change change) {
    return groups.stream().filter(group -> group.change() == change).map(GroupPlan::group).toList();
  }

  /** The same, for those who may not see which options differ, and how. */
  public UpdatePlan withoutOptions() {
    return new UpdatePlan(
        groups.stream()
            .map(
                group ->
                    new GroupPlan(
                        group.group(),
                        group.change(),
                        group.inPlace(),
                        List.of(),
                        group.processes().stream()
                            .map(p -> new ProcessPlan(p.name(), p.change(), p.effect(), List.of()))
                            .toList()))
            .toList());
  }

  /** All of it as maps, lists, texts and booleans, for doors that send it. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("added", groups(Change.ADDED));
    document.put("changed", groups(Change.CHANGED));
    document.put("removed", groups(Change.REMOVED));
    document.put("starts", processes(effect -> effect == Effect.START));
    document.put("stops", processes(effect -> effect == Effect.STOP));
    document.put(
        "restarts", processes(effect -> effect == Effect.RESTART || effect == Effect.ROLL));
    document.put("groups", groups.stream().map(UpdatePlan::document).toList());
    return document;
  }

  private static Map<String, Object> document(GroupPlan plan) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("group", plan.group());
    document.put("change", plan.change().word());
    document.put("inPlace", plan.inPlace());
    document.put("options", plan.options().stream().map(UpdatePlan::document).toList());
    document.put("processes", plan.processes().stream().map(UpdatePlan::document).toList());
    return document;
  }

  private static Map<String, Object> document(ProcessPlan plan) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", plan.name());
    document.put("change", plan.change().word());
    document.put("effect", plan.effect().word());
    document.put("options", plan.options().stream().map(UpdatePlan::document).toList());
    return document;
  }

  /** Without the member for a value that is not set: XML-RPC has no null. */
  private static Map<String, Object> document(OptionChange change) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("option", change.option());
    change.before().ifPresent(value -> document.put("old", value));
    change.after().ifPresent(value -> document.put("new", value));
    return document;
  }
}

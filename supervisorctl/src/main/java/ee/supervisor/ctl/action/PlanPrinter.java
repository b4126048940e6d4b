package ee.supervisor.ctl.action;

import ee.supervisor.ctl.spi.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows what an update would do. */
final class PlanPrinter {
  private final Session session;

  PlanPrinter(Session session) {
    this.session = session;
  }

  /** Shows a plan, as the server sent it. */
  void print(Struct plan) {
    List<Struct> groups = Struct.listOf(plan.member("groups"));
    if (groups.isEmpty()) {
      session.print("No config updates to processes");
      return;
    }
    groups.forEach(this::printGroup);
    session.print(
        "%s to start, %s to stop, %s to restart; nothing has been done"
            .formatted(
                number(plan.member("starts")),
                number(plan.member("stops")),
                number(plan.member("restarts"))));
  }

  private static int number(Object list) {
    return Struct.list(list).size();
  }

  private void printGroup(Struct group) {
    String change = group.text("change");
    String how = "";
    if (change.equals("changed")) {
      how = group.flag("inPlace") ? ", process by process" : ", replaced as a whole";
    }
    session.print(group.text("group") + ": " + change + how);
    printOptions("  ", Struct.listOf(group.member("options")));
    alike(Struct.listOf(group.member("processes"))).forEach(this::printProcesses);
  }

  /** The names of processes of which the same is to be said. */
  private static Map<Map<?, ?>, List<String>> alike(List<Struct> processes) {
    Map<Map<?, ?>, List<String>> alike = new LinkedHashMap<>();
    for (Struct process : processes) {
      Map<Object, Object> rest = new LinkedHashMap<>(process.members());
      rest.remove("name");
      alike.computeIfAbsent(rest, key -> new ArrayList<>()).add(process.text("name"));
    }
    return alike;
  }

  private void printProcesses(Map<?, ?> members, List<String> names) {
    Struct process = new Struct(members);
    session.print("  %s: %s".formatted(String.join(", ", names), words(process)));
    printOptions("    ", Struct.listOf(process.member("options")));
  }

  private static String words(Struct process) {
    String effect =
        switch (process.text("effect")) {
          case "start" -> "to be started";
          case "stop" -> "to be stopped";
          case "restart" -> "to be restarted";
          case "roll" -> "to be restarted in its turn";
          default -> process.text("change").equals("unchanged") ? "stays as it is" : "not running";
        };
    return process.text("change") + ", " + effect;
  }

  private void printOptions(String indent, List<Struct> options) {
    for (Struct option : options) {
      session.print(
          "%s%s: %s -> %s"
              .formatted(
                  indent, option.text("option"), value(option, "old"), value(option, "new")));
    }
  }

  private static String value(Struct option, String member) {
    Object value = option.members().get(member);
    return value == null ? "(not set)" : value.toString();
  }
}

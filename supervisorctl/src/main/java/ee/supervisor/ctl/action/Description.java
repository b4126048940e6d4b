package ee.supervisor.ctl.action;

import static java.util.stream.Collectors.joining;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import ee.supervisor.protocol.Namespec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Shows what the server knows about processes, one after the other. */
final class Description {
  private static final int LOG_BYTES = 256 * 1024;
  private static final int EXITS = 8;
  private static final int STDERR_LINES = 10;
  private static final int LABEL_WIDTH = 14;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  /** Members of REST that are shown in words of their own, or stand in the configuration. */
  private static final Set<String> TOLD =
      Set.of(
          "id",
          "name",
          "group",
          "state",
          "stateCode",
          "pid",
          "start",
          "stop",
          "exitStatus",
          "spawnError",
          "backoff",
          "restarts",
          "stdoutLogfile",
          "stderrLogfile",
          "description",
          "cpuSeconds",
          "cpuPercent",
          "residentBytes");

  /** Members of the configuration that say nothing more. */
  private static final Set<String> KNOWN = Set.of("name", "group", "inuse", "process_prio");

  private final Session session;
  private final boolean coloured;
  private Optional<Map<String, Map<?, ?>>> configurations = Optional.empty();
  private Optional<List<String>> log = Optional.empty();
  private Optional<Waits> waits = Optional.empty();

  Description(Session session, boolean coloured) {
    this.session = session;
    this.coloured = coloured;
  }

  void show(Struct info) throws IOException, RpcFault {
    String name = Namespec.of(info.text("group"), info.text("name"));
    String state = info.text("statename");
    session.print(name + "  " + (coloured ? StateColour.of(state).paint(state) : state));
    Optional<Object> found =
        Rest.get(
            session.server(),
            "/processes/" + Rest.segment(info.text("group") + ":" + info.text("name")));
    Map<?, ?> more = found.orElse(null) instanceof Map<?, ?> members ? members : Map.of();
    showLife(info, more);
    showDependencies(name);
    showConfiguration(info);
    showExits(info);
    showStderr(name);
  }

  private void showLife(Struct info, Map<?, ?> more) {
    int pid = info.number("pid");
    if (pid != 0) {
      line("pid", String.valueOf(pid));
    }
    long now = info.number("now");
    long start = info.number("start");
    long stop = info.number("stop");
    if (start != 0) {
      line("started", time(start) + (pid == 0 ? "" : ", " + ago(now - start) + " ago"));
    }
    if (stop != 0) {
      // of a start that failed, the server has no exit status: the log below has
      boolean hasStatus = info.text("statename").equals("EXITED");
      line("last end", time(stop) + (hasStatus ? ", " + end(info.number("exitstatus")) : ""));
    }
    if (!info.text("spawnerr").isEmpty()) {
      line("error", PrintableText.of(info.text("spawnerr")));
    }
    if (more.isEmpty()) {
      line("restarts", "this server does not tell, nor processor time and memory");
      return;
    }
    line("restarts", String.valueOf(more.get("restarts")));
    if (pid != 0 && more.get("cpuPercent") instanceof Number percent) {
      line("processor", percent + " %, " + more.get("cpuSeconds") + " s in all");
      line("memory", size(((Number) more.get("residentBytes")).doubleValue()));
    }
    for (Map.Entry<?, ?> member : more.entrySet()) {
      String label = String.valueOf(member.getKey());
      if (!TOLD.contains(label) && isTelling(member.getValue())) {
        line(words(label), PrintableText.of(text(member.getValue())));
      }
    }
  }

  /** What it needs, and what needs it; of Supervisor's own server nothing, for it has no such. */
  private void showDependencies(String name) throws IOException, RpcFault {
    if (waits.isEmpty()) {
      waits = Optional.of(Waits.of(session));
    }
    Struct own = waits.get().byName().get(name);
    if (own != null && !needs(own).isEmpty()) {
      line("needs", String.join(", ", needs(own)));
    }
    List<String> dependents =
        waits.get().byName().entrySet().stream()
            .filter(
                other -> needs(other.getValue()).stream().anyMatch(n -> n.startsWith(name + " ")))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!dependents.isEmpty()) {
      line("needed by", String.join(", ", dependents));
    }
  }

  /** Each a name and a condition, such as {@code db running}. */
  private static List<String> needs(Struct process) {
    return Struct.strings(process.members().get("needs"));
  }

  private static boolean isTelling(Object value) {
    return value != null && !value.equals("") && !value.equals("none") && !List.of().equals(value);
  }

  /** A list's elements with commas between; of an object with words of its own, these. */
  private static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Description::text).collect(joining(", "));
    }
    return value instanceof Map<?, ?> members && members.get("text") instanceof String words
        ? words
        : String.valueOf(value);
  }

  private static String end(int exitStatus) {
    return exitStatus < 0 ? "by a signal" : "exit status " + exitStatus;
  }

  /** {@code waitsFor} as words. */
  private static String words(String member) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < member.length(); i++) {
      char c = member.charAt(i);
      if (Character.isUpperCase(c)) {
        words.append(' ');
      }
      words.append(Character.toLowerCase(c));
    }
    return words.toString();
  }

  private static String time(long seconds) {
    return TIME.format(Instant.ofEpochSecond(seconds));
  }

  private static String ago(long seconds) {
    Duration time = Duration.ofSeconds(Math.max(0, seconds));
    String clock =
        "%d:%02d:%02d".formatted(time.toHours() % 24, time.toMinutesPart(), time.toSecondsPart());
    return time.toDays() == 0 ? clock : time.toDays() + " d " + clock;
  }

  private static String size(double bytes) {
    return bytes < 10_485_760
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1_048_576)
        : String.format(Locale.ROOT, "%.0f MB", bytes / 1_048_576);
  }

  private void line(String label, String text) {
    session.print("  " + Columns.pad(label, LABEL_WIDTH) + " " + text);
  }

  private void heading(String text) {
    session.print("  " + (coloured ? "\u001b[1m" + text + "\u001b[0m" : text));
  }

  private void showConfiguration(Struct info) throws IOException {
    if (configurations.isEmpty()) {
      configurations = Optional.of(configurations());
    }
    Map<?, ?> configuration =
        configurations.get().getOrDefault(info.text("group") + ":" + info.text("name"), Map.of());
    Map<String, String> shown = new TreeMap<>();
    configuration.forEach(
        (key, value) -> {
          if (!KNOWN.contains(String.valueOf(key)) && isTelling(value)) {
            shown.put(String.valueOf(key), PrintableText.of(text(value)));
          }
        });
    if (!shown.isEmpty()) {
      heading("configuration");
      // what is run stands first
      Map<String, String> ordered = new LinkedHashMap<>();
      if (shown.containsKey("command")) {
        ordered.put("command", shown.remove("command"));
      }
      ordered.putAll(shown);
      ordered.forEach((key, value) -> session.print("    " + Columns.pad(key, 24) + " " + value));
    }
  }

  private Map<String, Map<?, ?>> configurations() throws IOException {
    Map<String, Map<?, ?>> found = new HashMap<>();
    try {
      for (Struct struct : Struct.listOf(session.server().call("supervisor.getAllConfigInfo"))) {
        found.put(struct.text("group") + ":" + struct.text("name"), struct.members());
      }
    } catch (RpcFault fault) {
      session.complain("the configuration cannot be read: " + fault.text());
    }
    return found;
  }

  private void showExits(Struct info) throws IOException, RpcFault {
    if (log.isEmpty()) {
      log = Optional.of(log());
    }
    String name = info.text("name");
    List<String> ends = new ArrayList<>();
    for (String entry : log.get()) {
      if (tellsOfEnd(entry, name)) {
        ends.add(PrintableText.of(entry));
      }
    }
    if (!ends.isEmpty()) {
      heading("last ends, from supervisord's log");
      ends.subList(Math.max(0, ends.size() - EXITS), ends.size())
          .forEach(entry -> session.print("    " + entry));
    }
  }

  /** Whether a line such as {@code DATE TIME WARN exited: web (exit status 1; not expected)}. */
  private static boolean tellsOfEnd(String entry, String name) {
    String[] words = entry.split(" ", 4);
    if (words.length < 4) {
      return false;
    }
    String text = words[3];
    for (String kind : List.of("exited: ", "stopped: ", "gave up: ")) {
      if (text.startsWith(kind)) {
        return text.startsWith(name + " ", kind.length());
      }
    }
    return text.startsWith("killing '" + name + "' ");
  }

  private List<String> log() throws IOException, RpcFault {
    try {
      Object text = session.server().call("supervisor.readLog", -LOG_BYTES, 0);
      return String.valueOf(text).lines().toList();
    } catch (RpcFault fault) {
      if (fault.code() != FaultCode.NO_FILE && fault.code() != FaultCode.FAILED) {
        throw fault;
      }
      session.complain("supervisord's log cannot be read: " + fault.text());
      return List.of();
    }
  }

  private void showStderr(String name) throws IOException {
    LastLines lines = LastLines.of(session.server(), name, STDERR_LINES);
    if (!lines.lines().isEmpty()) {
      heading("last lines of " + lines.channel());
      lines.lines().forEach(text -> session.print("    " + text));
    }
  }
}

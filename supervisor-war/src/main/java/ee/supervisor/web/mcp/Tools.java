package ee.supervisor.web.mcp;

import com.grack.nanojson.JsonWriter;
import ee.supervisor.access.AuditLog;
import ee.supervisor.access.CallText;
import ee.supervisor.access.Caller;
import ee.supervisor.access.Door;
import ee.supervisor.config.Role;
import ee.supervisor.control.ProcessResult;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.control.UpdateOptions;
import ee.supervisor.control.UpdatePlan;
import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;
import ee.supervisor.web.Doors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** What assistants can ask for, and have done if they may. */
final class Tools {
  /** For what reads a log; a disk that takes longer is not waited for. */
  private static final long READ_SECONDS = 10;

  /** Who does not wait for the end hears at least of a refusal, which comes at once. */
  private static final long REFUSAL_MILLIS = 500;

  private static final String NAME =
      "\"name\":{\"type\":\"string\",\"description\":\"a program, name or group:name\"}";
  private static final String NAME_OR_GROUP =
      "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"description\":\"a"
          + " program, name or group:name, or a whole group, group:*\"}},\"required\":[\"name\"],"
          + "\"additionalProperties\":false}";

  private final Doors doors;
  private final Map<String, Tool> tools = new LinkedHashMap<>();

  /**
   * One of them.
   *
   * @param schema of its arguments, as JSON
   * @param readOnly whether it leaves everything as it is
   */
  private record Tool(
      String name,
      String title,
      String description,
      String schema,
      boolean readOnly,
      Function<Call, Map<String, Object>> work) {

    Map<String, Object> asMap() {
      return Map.of(
          "name", name,
          "title", title,
          "description", description,
          "schema", schema,
          "readOnly", readOnly);
    }
  }

  /** What is asked for, and by whom. */
  private record Call(Caller caller, Map<?, ?> arguments) {

    String text(String name) {
      Object value = arguments.get(name);
      if (value instanceof String text && !text.isEmpty()) {
        return text;
      }
      throw new IllegalArgumentException("\"" + name + "\" has to be a text that is not empty");
    }

    String text(String name, String otherwise) {
      return arguments.containsKey(name) ? text(name) : otherwise;
    }

    List<String> texts(String name) {
      Object value = arguments.get(name);
      if (value == null) {
        return List.of();
      }
      if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
        return list.stream().map(String.class::cast).toList();
      }
      throw new IllegalArgumentException("\"" + name + "\" has to be a list of texts");
    }

    boolean flag(String name) {
      Object value = arguments.get(name);
      if (value == null || value instanceof Boolean) {
        return Boolean.TRUE.equals(value);
      }
      throw new IllegalArgumentException("\"" + name + "\" has to be true or false");
    }

    int number(String name, int otherwise, int most) {
      Object value = arguments.get(name);
      if (value == null) {
        return otherwise;
      }
      if (value instanceof Number number
          && number.doubleValue() == number.intValue()
          && number.intValue() > 0) {
        return Math.min(most, number.intValue());
      }
      throw new IllegalArgumentException("\"" + name + "\" has to be a whole number above 0");
    }
  }

  /**
   * @param role those who may do no more than look have no other tools
   */
  Tools(Doors doors, Role role) {
    this.doors = doors;
    add(
        new Tool(
            "status",
            "Status of programs",
            "How programs are: state, pid, uptime, processor, memory, restarts. Those that need"
                + " attention come first.",
            "{\"type\":\"object\",\"properties\":{\"filter\":{\"type\":\"string\",\"description\":"
                + "\"only names, groups and states that contain this, such as web or FATAL\"},"
                + "\"limit\":{\"type\":\"integer\",\"minimum\":1,\"description\":\"at most so many,"
                + " 100 if not given\"}},\"additionalProperties\":false}",
            true,
            call ->
                structured(
                    Views.status(
                        supervisor(),
                        doors.live().usage(),
                        call.text("filter", ""),
                        call.number("limit", 100, 1000)))));
    add(
        new Tool(
            "describe",
            "All about a program",
            "Everything known about one program, its configuration included; values of environment"
                + " variables are not shown.",
            "{\"type\":\"object\",\"properties\":{"
                + NAME
                + "},\"required\":[\"name\"],"
                + "\"additionalProperties\":false}",
            true,
            call ->
                structured(Views.describe(supervisor(), doors.live().usage(), call.text("name")))));
    add(
        new Tool(
            "logs",
            "Log of a program",
            "The last lines that a program wrote to stdout or stderr; without a name, of"
                + " supervisord's own log, which tells of starts and ends and their reasons.",
            "{\"type\":\"object\",\"properties\":{"
                + NAME
                + ",\"channel\":{\"type\":\"string\","
                + "\"enum\":[\"stdout\",\"stderr\"]},\"lines\":{\"type\":\"integer\",\"minimum\":1,"
                + "\"description\":\"50 if not given, 1000 at most\"}},"
                + "\"additionalProperties\":false}",
            true,
            this::logs));
    add(
        new Tool(
            "plan",
            "What an update would do",
            "What an update of the configuration would do: groups that are added, changed, removed,"
                + " programs that would be started, stopped, restarted. The file is read, and"
                + " nothing is done. Which options change is shown to an admin only.",
            "{\"type\":\"object\",\"properties\":{\"groups\":{\"type\":\"array\",\"items\":{"
                + "\"type\":\"string\"},\"description\":\"only these groups\"},\"onlyChanged\":{"
                + "\"type\":\"boolean\",\"description\":\"as if of a group only the programs that"
                + " changed were restarted\"}},\"additionalProperties\":false}",
            true,
            this::plan));
    if (role.includes(Role.OPERATOR)) {
      add(
          change(
              "start",
              "Start programs",
              (s, name) -> s.startProcess(name, false),
              (s, group) -> s.startGroup(group, false)));
      add(
          change(
              "stop",
              "Stop programs",
              (s, name) -> s.stopProcess(name, false),
              (s, group) -> s.stopGroup(group, false)));
      add(
          change(
              "restart", "Restart programs", Supervisor::restartProcess, Supervisor::restartGroup));
    }
  }

  private void add(Tool tool) {
    tools.put(tool.name(), tool);
  }

  /** A command for one program, or for each of a group. */
  private interface Command<T> {
    CompletionStage<T> give(Supervisor supervisor, String name);
  }

  private Tool change(
      String verb, String title, Command<Void> onProcess, Command<List<ProcessResult>> onGroup) {
    return new Tool(
        verb,
        title,
        title + ". Does not wait until that is done: status tells how far it has come.",
        NAME_OR_GROUP,
        false,
        call -> carryOut(call, verb, onProcess, onGroup));
  }

  /** As the protocol's library takes them. */
  List<Map<String, Object>> descriptions() {
    return tools.values().stream().map(Tool::asMap).toList();
  }

  /**
   * Does what is asked for.
   *
   * @param named the tool and its arguments, by these words
   * @return {@code text} and perhaps {@code structured}, or {@code error}
   */
  Map<String, Object> call(Caller caller, Map<String, Object> named) {
    Tool tool = tools.get(String.valueOf(named.get("name")));
    Map<?, ?> arguments = named.get("arguments") instanceof Map<?, ?> members ? members : Map.of();
    try {
      if (tool == null) {
        throw new IllegalArgumentException("there is no tool " + named.get("name"));
      }
      return tool.work().apply(new Call(caller, arguments));
    } catch (SupervisorException | IllegalArgumentException | IllegalStateException e) {
      return Map.of("error", String.valueOf(e.getMessage()));
    }
  }

  private Supervisor supervisor() {
    return doors
        .supervisor()
        .orElseThrow(() -> new IllegalStateException("supervisord is not running"));
  }

  private static Map<String, Object> structured(Map<String, Object> values) {
    return Map.of("text", JsonWriter.string(values), "structured", values);
  }

  private Map<String, Object> plan(Call call) {
    UpdateOptions options = new UpdateOptions(call.texts("groups"), call.flag("onlyChanged"));
    CompletionStage<UpdatePlan> planned = supervisor().plan(options);
    Object plan = await(planned, READ_SECONDS * 1000, "the file could not be read in time");
    if (!(plan instanceof UpdatePlan known)) {
      throw new IllegalStateException(String.valueOf(plan));
    }
    // as by REST, where it takes an admin to see the values of options
    boolean all = call.caller().role().includes(Role.ADMIN);
    return structured((all ? known : known.withoutOptions()).document());
  }

  private Map<String, Object> logs(Call call) {
    Supervisor supervisor = supervisor();
    String name = call.text("name", "");
    String channel = call.text("channel", "stdout");
    int lines = call.number("lines", 50, 1000);
    CompletableFuture<String> text =
        CompletableFuture.supplyAsync(
            () -> Views.log(supervisor, name, channel, lines), doors.logReaders());
    return Map.of("text", await(text, READ_SECONDS * 1000, "the log could not be read in time"));
  }

  private Map<String, Object> carryOut(
      Call call, String verb, Command<Void> onProcess, Command<List<ProcessResult>> onGroup) {
    Supervisor supervisor = supervisor();
    Namespec name = Namespec.parse(call.text("name"));
    AuditLog audit =
        doors.audit().orElseThrow(() -> new IllegalStateException("supervisord is not running"));
    String what = CallText.of(verb, List.of("name"), List.of(call.text("name")));
    CompletionStage<?> done =
        audit.carryOut(
            Door.MCP,
            call.caller(),
            Role.OPERATOR,
            what,
            () ->
                name.process().isEmpty()
                    ? onGroup.give(supervisor, name.group()).thenApply(Tools::told)
                    : onProcess.give(supervisor, call.text("name")).thenApply(nothing -> "done"));
    Object told = await(done, REFUSAL_MILLIS, "begun");
    return Map.of("text", what + ": " + told);
  }

  private static String told(List<ProcessResult> results) {
    List<String> lines = new ArrayList<>();
    for (ProcessResult result : results) {
      lines.add(
          result.group()
              + ":"
              + result.name()
              + " "
              + (result.fault() == Fault.SUCCESS ? "done" : result.description()));
    }
    return String.join(", ", lines);
  }

  private static Object await(CompletionStage<?> stage, long millis, String late) {
    try {
      return stage.toCompletableFuture().copy().get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return late;
    } catch (ExecutionException e) {
      throw new IllegalArgumentException(AuditLog.result(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("supervisord is ending", e);
    }
  }
}

package ee.supervisor.launcher.foreign;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One app of a file of pm2, with the defaults of pm2 where they differ from ours. */
final class Pm2App {
  private static final Map<String, String> INTERPRETERS =
      Map.of(
          "js", "node", "cjs", "node", "mjs", "node", "ts", "bun", "py", "python3", "rb", "ruby",
          "pl", "perl", "php", "php", "sh", "bash");

  /** Settings that mean nothing where there is no pm2. */
  private static final Set<String> IDLE =
      Set.of("merge_logs", "combine_logs", "vizion", "pmx", "automation", "time", "version");

  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("watch", "restart it when files change with supervisorctl restart"),
          Map.entry("ignore_watch", ""),
          Map.entry("cron_restart", "max_age restarts it after a time; or a timer of the system"),
          Map.entry("cron", "max_age restarts it after a time; or a timer of the system"),
          Map.entry("wait_ready", "readiness_check_script or notify tells when it is ready"),
          Map.entry("listen_timeout", "readiness_check_script tells when it is ready"),
          Map.entry("shutdown_with_message", "it is sent stopsignal"),
          Map.entry("gid", "it runs with the groups of its user"),
          Map.entry("namespace", "a [group:x] names programs that belong together"),
          Map.entry("log_date_format", "lines are logged as they are written"),
          Map.entry("log_file", "redirect_stderr = true puts both channels into stdout_logfile"),
          Map.entry("log", "redirect_stderr = true puts both channels into stdout_logfile"),
          Map.entry("pid_file", "supervisorctl pid NAME prints it"),
          Map.entry("env_file", "put its variables into environment"));

  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([KMG]?)B?");
  private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h)?");
  private static final BigDecimal SECOND = BigDecimal.valueOf(1000);

  private final String file;
  private final Path home;
  private final String key;
  private final JsonObject app;

  /** Keys that have been seen to; what is left at the end is lost. */
  private final Set<String> done = new LinkedHashSet<>();

  Pm2App(String file, Path home, String key, Object app) throws ImportException {
    this.file = file;
    this.home = home;
    this.key = key;
    if (!(app instanceof JsonObject object)) {
      throw new ImportException(
          file, (key.isEmpty() ? "" : key.replaceAll("\\.$", ": ")) + "is no object");
    }
    this.app = object;
  }

  Program program() throws ImportException {
    String script = text("script").orElseThrow(() -> wrong("script", "must be set"));
    String base = String.valueOf(Path.of(script).getFileName());
    Program program = new Program(text("name").orElse(base.replaceFirst("(?<=.)\\.\\w+$", "")));
    program.set("command", command(script));
    program.set("directory", directory().toString());
    boolean many = copies(program);
    environment(program, many);
    ends(program);
    times(program);
    text("user", "uid").ifPresent(user -> program.set("user", user));
    program.set("stopsignal", "INT");
    program.set("stopwaitsecs", seconds(milliseconds("kill_timeout").orElse(new BigDecimal(1600))));
    if (flag("treekill").orElse(true)) {
      program.set("stopasgroup", "true");
      program.set("killasgroup", "true");
    }
    log(program, "stdout_logfile", many, "out", "out_file", "output", "out");
    log(program, "stderr_logfile", many, "error", "error_file", "err_file", "error", "err");
    loseTheRest(program);
    return program;
  }

  private Path directory() throws ImportException {
    return home.resolve(text("cwd").orElse("")).normalize();
  }

  private String command(String script) throws ImportException {
    List<String> words = new ArrayList<>();
    Matcher extension = Pattern.compile("\\.(\\w+)$").matcher(script);
    String usual = extension.find() ? INTERPRETERS.getOrDefault(extension.group(1), "") : "";
    String interpreter = text("interpreter", "exec_interpreter").orElse(usual);
    List<String> options = words("node_args", "interpreter_args");
    if (!interpreter.isEmpty() && !interpreter.equals("none")) {
      words.add(interpreter.contains("/") ? absolute(interpreter) : interpreter);
      words.addAll(options);
      words.add(script);
    } else {
      // supervisord does not look for programs in their directories
      boolean isFile = script.contains("/") || Files.exists(directory().resolve(script));
      words.add(isFile ? absolute(script) : script);
    }
    words.addAll(words("args"));
    return Words.command(words);
  }

  private String absolute(String path) throws ImportException {
    return directory().resolve(path).normalize().toString();
  }

  private boolean copies(Program program) throws ImportException {
    Object instances = app.get("instances");
    done.add("instances");
    int number = 1;
    if (instances instanceof Number || instances instanceof String) {
      String written = instances.toString();
      if (written.matches("[1-9]\\d{0,3}")) {
        number = Integer.parseInt(written);
      } else if (written.matches("0|-\\d+|max")) {
        program.lost("instances " + written, "set numprocs to the number that you want");
      } else {
        throw wrong("instances", "'" + written + "' is neither a number nor max");
      }
    } else if (instances != null) {
      throw wrong("instances", "is neither a number nor max");
    }
    if (number > 1) {
      program.set("numprocs", Integer.toString(number));
      program.setExpanded("process_name", "%(program_name)s_%(process_num)02d");
    }
    if (text("exec_mode").orElse("").startsWith("cluster")) {
      program.lost("exec_mode cluster", "each copy needs a port of its own, behind a proxy");
    }
    return number > 1;
  }

  private void environment(Program program, boolean many) throws ImportException {
    done.add("env");
    Object env = app.get("env");
    if (env instanceof JsonObject variables) {
      for (Map.Entry<String, Object> variable : variables.entrySet()) {
        Object value = variable.getValue();
        if (value instanceof JsonObject || value instanceof JsonArray) {
          value = JsonWriter.string(value);
        }
        program.variable(variable.getKey(), String.valueOf(value));
      }
    } else if (env != null) {
      throw wrong("env", "is no object");
    }
    String number = text("instance_var").orElse("NODE_APP_INSTANCE");
    if (many) {
      program.expandedVariable(number, "%(process_num)d");
    }
    String increment = text("increment_var").orElse("");
    if (!increment.isEmpty()) {
      program.lost("increment_var " + increment, number + " has the number of the copy");
    }
  }

  /** Whether and how often it is started again. */
  private void ends(Program program) throws ImportException {
    flag("autostart").ifPresent(start -> program.set("autostart", start.toString()));
    List<String> codes = new ArrayList<>();
    done.add("stop_exit_codes");
    Object stop = app.get("stop_exit_codes");
    List<?> given =
        stop instanceof JsonArray list ? list : stop == null ? List.of() : List.of(stop);
    for (Object code : given) {
      String written = String.valueOf(code);
      if (!written.matches("\\d{1,2}|1\\d\\d|2[0-4]\\d|25[0-5]")) {
        throw wrong("stop_exit_codes", "'" + written + "' is no exit code");
      }
      codes.add(written);
    }
    boolean again = flag("autorestart").orElse(true);
    program.set("autorestart", again && !codes.isEmpty() ? "unexpected" : Boolean.toString(again));
    if (!codes.isEmpty()) {
      program.set("exitcodes", String.join(",", codes));
    }
    program.set("startretries", number("max_restarts").orElse("16"));
  }

  private void times(Program program) throws ImportException {
    Optional<BigDecimal> uptime = milliseconds("min_uptime");
    uptime.ifPresent(time -> program.set("startsecs", seconds(time)));
    milliseconds("restart_delay")
        .ifPresent(time -> program.set("restartpause", time.toBigInteger() + "ms"));
    // from there on, half as long again each time up to 15 s
    milliseconds("exp_backoff_restart_delay")
        .filter(time -> time.signum() > 0)
        .ifPresent(
            time ->
                program.set(
                    "restart_backoff",
                    "exponential "
                        + time.toBigInteger()
                        + "ms "
                        + time.toBigInteger()
                            .max(SECOND.multiply(new BigDecimal(15)).toBigInteger())
                        + "ms"));
    Optional<String> memory = text("max_memory_restart");
    if (memory.isPresent()) {
      Matcher size = SIZE.matcher(memory.get().strip());
      if (!size.matches()) {
        throw wrong("max_memory_restart", "'" + memory.get() + "' is no size such as 300M");
      }
      program.set(
          "memory_restart", size.group(1) + (size.group(2).isEmpty() ? "" : size.group(2) + "B"));
    }
  }

  private void log(Program program, String option, boolean many, String suffix, String... keys)
      throws ImportException {
    Optional<String> path = text(keys);
    String number = many ? "-%(process_num)d" : "";
    if (path.isEmpty()) {
      program.setExpanded(option, "%(here)s/" + program.name() + number + "-" + suffix + ".log");
    } else if (path.get().equals("/dev/null") || path.get().equals("NULL")) {
      program.set(option, "NONE");
    } else {
      String full = directory().resolve(path.get()).normalize().toString();
      if (many && !full.startsWith("/dev/")) {
        program.setExpanded(
            option, full.replace("%", "%%%%").replaceFirst("(\\.\\w+)?$", number + "$1"));
      } else {
        program.setLog(option, full);
      }
    }
  }

  private void loseTheRest(Program program) {
    for (Map.Entry<String, Object> entry : app.entrySet()) {
      String name = entry.getKey();
      boolean isOff = entry.getValue() == null || Boolean.FALSE.equals(entry.getValue());
      if (!done.contains(name) && !IDLE.contains(name) && !isOff) {
        String hint =
            name.startsWith("env_") && !HINTS.containsKey(name)
                ? "variables of one environment; put those that you need into environment"
                : HINTS.getOrDefault(name, "");
        program.lost(name, hint);
      }
    }
  }

  /** The first of these keys that is there, as a text. */
  private Optional<String> text(String... names) throws ImportException {
    Optional<String> found = Optional.empty();
    for (String name : names) {
      done.add(name);
      Object value = app.get(name);
      if (value instanceof JsonObject || value instanceof JsonArray || value instanceof Boolean) {
        throw wrong(name, "is no text");
      }
      if (found.isEmpty() && value != null && !value.toString().isEmpty()) {
        found = Optional.of(value.toString());
      }
    }
    if (found.isPresent() && found.get().indexOf('\0') >= 0) {
      throw wrong(names[0], "has a null character");
    }
    return found;
  }

  private List<String> words(String... names) throws ImportException {
    for (String name : names) {
      done.add(name);
      Object value = app.get(name);
      if (value instanceof JsonArray list) {
        return list.stream().map(String::valueOf).toList();
      } else if (value instanceof String line) {
        try {
          return Words.split(line);
        } catch (IllegalArgumentException e) {
          throw wrong(name, e.getMessage());
        }
      } else if (value != null) {
        throw wrong(name, "is neither a text nor a list");
      }
    }
    return List.of();
  }

  private Optional<Boolean> flag(String name) throws ImportException {
    done.add(name);
    Object value = app.get(name);
    if (value != null && !(value instanceof Boolean)) {
      throw wrong(name, "'" + value + "' is neither true nor false");
    }
    return Optional.ofNullable((Boolean) value);
  }

  private Optional<String> number(String name) throws ImportException {
    Optional<String> value = text(name);
    if (value.isPresent() && !value.get().matches("\\d{1,9}")) {
      throw wrong(name, "'" + value.get() + "' is no number");
    }
    return value;
  }

  /** A time, in milliseconds unless it names another unit. */
  private Optional<BigDecimal> milliseconds(String name) throws ImportException {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Matcher time = TIME.matcher(value.get().strip());
    if (!time.matches() || time.group(1).length() > 12) {
      throw wrong(name, "'" + value.get() + "' is no time such as 3000 or 10s");
    }
    BigDecimal number = new BigDecimal(time.group(1));
    String unit = time.group(2) == null ? "ms" : time.group(2);
    return Optional.of(
        switch (unit) {
          case "s" -> number.multiply(SECOND);
          case "m" -> number.multiply(SECOND).multiply(new BigDecimal(60));
          case "h" -> number.multiply(SECOND).multiply(new BigDecimal(3600));
          default -> number;
        });
  }

  /** Whole seconds, since options of Supervisor take no others; rather too many. */
  private static String seconds(BigDecimal milliseconds) {
    return milliseconds.divide(SECOND, 0, RoundingMode.CEILING).toString();
  }

  private ImportException wrong(String name, String problem) {
    return new ImportException(file, key + name + ": " + problem);
  }
}

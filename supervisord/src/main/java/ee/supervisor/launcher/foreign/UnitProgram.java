package ee.supervisor.launcher.foreign;

import ee.supervisor.launcher.foreign.UnitFile.Setting;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A systemd service as a program, with the defaults of systemd where they differ from ours. */
final class UnitProgram {
  /** What is said elsewhere, or is true of every program of supervisord. */
  private static final Set<String> IDLE =
      Set.of(
          "Unit.Documentation",
          "Install.WantedBy",
          "Install.RequiredBy",
          "Service.NotifyAccess",
          "Service.SendSIGKILL",
          "Service.PassEnvironment",
          "Service.SyslogIdentifier");

  private static final String DEPENDS = "for programs of the same supervisord, depends_on";
  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("After", DEPENDS),
          Map.entry("Requires", DEPENDS),
          Map.entry("Requisite", DEPENDS),
          Map.entry("Wants", DEPENDS),
          Map.entry("BindsTo", DEPENDS + " and restart_with"),
          Map.entry("PartOf", "for programs of the same supervisord, restart_with"),
          Map.entry("EnvironmentFile", "put its variables into environment"),
          Map.entry("ExecReload", "supervisorctl signal HUP NAME sends it a signal"),
          Map.entry("ExecCondition", "a pre_start_hook that fails keeps it from starting"),
          Map.entry("PIDFile", "it has to stay in the foreground"),
          Map.entry("Group", "it runs with the groups of its user"),
          Map.entry("DynamicUser", "make a user for it and set user"),
          Map.entry("RuntimeDirectory", "make it by a pre_start_hook"),
          Map.entry("StateDirectory", "make it by a pre_start_hook"),
          Map.entry("LogsDirectory", "make it by a pre_start_hook"),
          Map.entry("CacheDirectory", "make it by a pre_start_hook"),
          Map.entry("TimeoutStartSec", "hook_timeout bounds its hooks"),
          Map.entry("MemoryMax", "memory_restart restarts it above a size"),
          Map.entry("Nice", "start it by nice in command"));
  private static final String LIMIT =
      "set it for supervisord, or with ulimit or prlimit in command";

  private static final Pattern TIME =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)\\s*([a-z]*)\\s*");
  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("", BigDecimal.ONE),
          Map.entry("us", new BigDecimal("0.000001")),
          Map.entry("ms", new BigDecimal("0.001")),
          Map.entry("s", BigDecimal.ONE),
          Map.entry("sec", BigDecimal.ONE),
          Map.entry("second", BigDecimal.ONE),
          Map.entry("seconds", BigDecimal.ONE),
          Map.entry("m", new BigDecimal(60)),
          Map.entry("min", new BigDecimal(60)),
          Map.entry("minute", new BigDecimal(60)),
          Map.entry("minutes", new BigDecimal(60)),
          Map.entry("h", new BigDecimal(3600)),
          Map.entry("hr", new BigDecimal(3600)),
          Map.entry("hour", new BigDecimal(3600)),
          Map.entry("hours", new BigDecimal(3600)),
          Map.entry("d", new BigDecimal(86400)),
          Map.entry("day", new BigDecimal(86400)),
          Map.entry("days", new BigDecimal(86400)),
          Map.entry("w", new BigDecimal(604_800)),
          Map.entry("week", new BigDecimal(604_800)),
          Map.entry("weeks", new BigDecimal(604_800)));

  /** Longer than anybody waits, and a number that every option takes. */
  private static final BigDecimal FOREVER = new BigDecimal(2_000_000_000);

  private static final String VARIABLE = "\\$(\\{[A-Za-z_]\\w*}|[A-Za-z_]\\w*)";

  private final String file;
  private final Map<String, List<Setting>> settings;
  private final Program program;

  UnitProgram(String file, String name, Map<String, List<Setting>> settings) {
    this.file = file;
    this.settings = settings;
    this.program = new Program(name);
  }

  Program program() throws ImportException {
    last("Unit.Description").ifPresent(setting -> program.comment(setting.value()));
    String type = value("Service.Type").orElse("simple");
    loseTheRest();
    boolean isOnce = type.equals("oneshot");
    command(isOnce);
    last("Service.WorkingDirectory").ifPresent(this::directory);
    for (Setting setting : all("Service.Environment")) {
      environment(setting);
    }
    value("Service.User").ifPresent(user -> program.set("user", user));
    value("Service.UMask").ifPresent(umask -> program.set("umask", umask));
    type(type);
    restarts(isOnce);
    hooks();
    stopping();
    output("StandardOutput", "stdout");
    output("StandardError", "stderr");
    return program;
  }

  private void type(String type) {
    switch (type) {
      case "notify", "notify-reload" -> program.set("notify", "true");
      case "forking" -> program.lost("Type=forking", "start it with its option for the foreground");
      case "dbus" -> program.lost("Type=dbus", "readiness_check_script tells when it is ready");
      default -> {}
    }
  }

  private void command(boolean isOnce) throws ImportException {
    List<Setting> starts = all("Service.ExecStart");
    if (starts.isEmpty()) {
      throw new ImportException(file, "Service.ExecStart: must be set");
    } else if (starts.size() > 1 && !isOnce) {
      throw new ImportException(
          file + ":" + starts.get(1).line(), "ExecStart: only Type=oneshot has more than one");
    }
    program.set("command", command(starts));
  }

  /** One command that does what these do, one after the other. */
  private String command(List<Setting> commands) throws ImportException {
    List<List<String>> lines = new ArrayList<>();
    StringBuilder script = new StringBuilder();
    boolean needsShell = commands.size() > 1;
    for (int i = 0; i < commands.size(); i++) {
      Setting setting = commands.get(i);
      String line = setting.value();
      Matcher prefix = Pattern.compile("^[-@:+!|]*").matcher(line);
      String prefixes = prefix.find() ? prefix.group() : "";
      List<String> words = new ArrayList<>(split(setting, line.substring(prefixes.length())));
      if (prefixes.indexOf('@') >= 0 && words.size() > 1) {
        words.remove(1);
      }
      if (words.isEmpty()) {
        throw wrong(setting, "names no program");
      }
      if (prefixes.matches(".*[+!@|].*")) {
        program.lost(
            setting.key() + "=" + prefixes, "it runs as user, with its own name, without a shell");
      }
      boolean mayFail = prefixes.indexOf('-') >= 0 && !setting.key().equals("ExecStart");
      boolean isLiteral = prefixes.indexOf(':') >= 0;
      needsShell |= mayFail || (!isLiteral && words.stream().anyMatch(UnitProgram::hasVariable));
      String joined =
          words.stream()
              .map(word -> isLiteral ? Words.quoted(word) : shellWord(word))
              .collect(Collectors.joining(" "));
      boolean isLast = i == commands.size() - 1;
      script
          .append(isLast && !mayFail ? "exec " : "")
          .append(joined)
          .append(mayFail ? " || :" : "")
          .append(isLast ? "" : mayFail ? "; " : " && ");
      lines.add(words.stream().map(w -> isLiteral ? w : w.replace("$$", "$")).toList());
    }
    return needsShell ? Words.script(script.toString()) : Words.command(lines.get(0));
  }

  private static boolean hasVariable(String word) {
    return word.matches("(?s).*" + VARIABLE + ".*");
  }

  /** A word whose variables the shell replaces as systemd does: one that stands alone is split. */
  private static String shellWord(String word) {
    if (word.matches("\\$[A-Za-z_]\\w*")) {
      return word;
    }
    if (!hasVariable(word)) {
      return Words.quoted(word.replace("$$", "$"));
    }
    StringBuilder quoted = new StringBuilder("\"");
    Matcher matcher = Pattern.compile("\\$\\$|" + VARIABLE + "|[\"\\\\`$]").matcher(word);
    while (matcher.find()) {
      String found = matcher.group();
      String replacement = found.equals("$$") ? "\\$" : found.length() > 1 ? found : "\\" + found;
      matcher.appendReplacement(quoted, Matcher.quoteReplacement(replacement));
    }
    return matcher.appendTail(quoted).append('"').toString();
  }

  private void directory(Setting setting) {
    String path = setting.value().replaceFirst("^-", "");
    if (path.equals("~")) {
      program.lost(setting.toString(), "name the home directory");
    } else {
      program.set("directory", path);
    }
  }

  private void environment(Setting setting) throws ImportException {
    for (String pair : split(setting, setting.value())) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw wrong(setting, "'" + pair + "' is not NAME=VALUE");
      }
      program.variable(pair.substring(0, equals), pair.substring(equals + 1));
    }
  }

  private void restarts(boolean isOnce) throws ImportException {
    String restart = value("Service.Restart").orElse("no");
    boolean again = !restart.equals("no") && !restart.equals("on-success");
    switch (restart) {
      case "no" -> program.set("autorestart", "false");
      case "always" -> program.set("autorestart", "true");
      case "on-failure" -> program.set("autorestart", "unexpected");
      case "on-success" -> {
        program.lost("Restart=on-success", "autorestart = true restarts it after each end");
        program.set("autorestart", "false");
      }
      default -> {
        program.lost("Restart=" + restart, "it is restarted after failures of any kind");
        program.set("autorestart", "unexpected");
      }
    }
    if (isOnce && again) {
      program.comment("each end of a oneshot service that is restarted is a new run");
    }
    List<String> codes = new ArrayList<>(List.of("0"));
    for (Setting setting : all("Service.SuccessExitStatus")) {
      for (String code : setting.value().split("\\s+", -1)) {
        if (code.matches("\\d{1,2}|1\\d\\d|2[0-4]\\d|25[0-5]")) {
          codes.add(code);
        } else {
          program.lost("SuccessExitStatus=" + code, "exitcodes takes numbers");
        }
      }
    }
    if (codes.size() > 1) {
      program.set("exitcodes", String.join(",", codes));
    }
    // a service counts as started at once
    program.set("startsecs", "0");
    if (again) {
      Optional<Setting> pause = last("Service.RestartSec");
      program.set("restartpause", pause.isEmpty() ? "100ms" : time(seconds(pause.get())));
      startLimit();
    }
    Optional<Setting> longest = last("Service.RuntimeMaxSec");
    if (longest.isPresent() && seconds(longest.get()).compareTo(FOREVER) < 0) {
      program.set("max_age", time(seconds(longest.get())));
    }
  }

  private void startLimit() throws ImportException {
    Optional<Setting> burst = last("Unit.StartLimitBurst", "Service.StartLimitBurst");
    Optional<Setting> interval =
        last("Unit.StartLimitIntervalSec", "Unit.StartLimitInterval", "Service.StartLimitInterval");
    String number = burst.map(Setting::value).orElse("5");
    if (!number.matches("\\d{1,9}")) {
      throw wrong(burst.get(), "'" + number + "' is no number");
    }
    BigDecimal within = interval.isPresent() ? seconds(interval.get()) : BigDecimal.TEN;
    if (within.signum() > 0 && !number.matches("0+")) {
      program.set("startlimit", number + " in " + time(within));
    }
  }

  private void hooks() throws ImportException {
    for (Map.Entry<String, String> hook :
        List.of(
            Map.entry("ExecStartPre", "pre_start_hook"),
            Map.entry("ExecStartPost", "post_start_hook"),
            Map.entry("ExecStop", "stop_command"),
            Map.entry("ExecStopPost", "post_stop_hook"))) {
      List<Setting> commands = all("Service." + hook.getKey());
      if (!commands.isEmpty()) {
        program.set(hook.getValue(), command(commands));
      }
    }
    Optional<Setting> watchdog = last("Service.WatchdogSec");
    if (watchdog.isPresent() && seconds(watchdog.get()).compareTo(FOREVER) < 0) {
      program.set("watchdog_sec", time(seconds(watchdog.get())));
    }
  }

  private void stopping() throws ImportException {
    value("Service.KillSignal").ifPresent(signal -> program.set("stopsignal", signal));
    Optional<Setting> timeout = last("Service.TimeoutStopSec", "Service.TimeoutSec");
    BigDecimal seconds = timeout.isPresent() ? seconds(timeout.get()) : new BigDecimal(90);
    if (seconds.signum() == 0) {
      // means that there is no limit
      seconds = FOREVER;
    }
    program.set("stopwaitsecs", seconds.setScale(0, RoundingMode.CEILING).toPlainString());
    switch (value("Service.KillMode").orElse("control-group")) {
      case "control-group" -> {
        program.set("stopasgroup", "true");
        program.set("killasgroup", "true");
      }
      case "mixed" -> program.set("killasgroup", "true");
      case "none" -> program.lost("KillMode=none", "it is sent stopsignal");
      default -> {}
    }
  }

  private void output(String key, String channel) {
    String value = value("Service." + key).orElse("");
    String own = "%(here)s/" + program.name() + (channel.equals("stdout") ? "" : "-err") + ".log";
    if (value.matches("(file|append|truncate):/.*")) {
      program.setLog(channel + "_logfile", value.substring(value.indexOf(':') + 1));
    } else if (value.equals("null")) {
      program.set(channel + "_logfile", "NONE");
    } else if (channel.equals("stderr") && value.matches("|inherit|journal|tty")) {
      program.set("redirect_stderr", "true");
    } else {
      program.setExpanded(channel + "_logfile", own);
      if (value.matches("syslog.*|kmsg.*")) {
        program.set(channel + "_syslog", "true");
      } else if (!value.matches("|journal.*|inherit")) {
        program.lost(key + "=" + value, "it is logged to a file");
      }
    }
  }

  /** Comments on all that nothing above takes, in the order of the file. */
  private void loseTheRest() {
    Set<String> taken =
        Arrays.stream(
                ("Type ExecStart ExecStartPre ExecStartPost ExecStop ExecStopPost Environment User"
                        + " UMask WorkingDirectory Restart RestartSec SuccessExitStatus"
                        + " RuntimeMaxSec StartLimitBurst StartLimitInterval WatchdogSec KillSignal"
                        + " TimeoutStopSec TimeoutSec KillMode StandardOutput StandardError")
                    .split(" ", -1))
            .map(key -> "Service." + key)
            .collect(Collectors.toSet());
    taken.addAll(
        Set.of(
            "Unit.Description",
            "Unit.StartLimitBurst",
            "Unit.StartLimitIntervalSec",
            "Unit.StartLimitInterval"));
    taken.addAll(IDLE);
    for (List<Setting> same : settings.values()) {
      for (Setting setting : same) {
        if (!taken.contains(setting.name())) {
          String hint = setting.key().startsWith("Limit") ? LIMIT : "";
          program.lost(setting.toString(), HINTS.getOrDefault(setting.key(), hint));
        }
      }
    }
  }

  private List<Setting> all(String name) {
    return settings.getOrDefault(name, List.of());
  }

  /** The last assignment to the first of these names that there is. */
  private Optional<Setting> last(String... names) {
    return Arrays.stream(names)
        .map(this::all)
        .filter(same -> !same.isEmpty())
        .map(same -> same.get(same.size() - 1))
        .findFirst();
  }

  private Optional<String> value(String name) {
    return last(name).map(Setting::value);
  }

  private List<String> split(Setting setting, String line) throws ImportException {
    try {
      return Words.split(line);
    } catch (IllegalArgumentException e) {
      throw wrong(setting, e.getMessage());
    }
  }

  private BigDecimal seconds(Setting setting) throws ImportException {
    String written = setting.value();
    if (written.equals("infinity")) {
      return FOREVER;
    }
    BigDecimal sum = BigDecimal.ZERO;
    Matcher time = TIME.matcher(written);
    int end = 0;
    while (end < written.length()) {
      if (!time.find(end) || time.start() != end || !UNITS.containsKey(time.group(2))) {
        throw wrong(setting, "'" + written + "' is no time such as 30, 500ms or 1min 30s");
      }
      sum = sum.add(new BigDecimal(time.group(1)).multiply(UNITS.get(time.group(2))));
      end = time.end();
    }
    return sum.min(FOREVER);
  }

  /** A time as our own options take it. */
  private static String time(BigDecimal seconds) {
    BigDecimal milliseconds = seconds.movePointRight(3).setScale(0, RoundingMode.CEILING);
    return milliseconds.remainder(new BigDecimal(1000)).signum() == 0
        ? seconds.setScale(0, RoundingMode.CEILING).toPlainString() + "s"
        : milliseconds.toPlainString() + "ms";
  }

  private ImportException wrong(Setting setting, String problem) {
    return new ImportException(file + ":" + setting.line(), setting.key() + ": " + problem);
  }
}

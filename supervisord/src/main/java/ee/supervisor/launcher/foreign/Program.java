package ee.supervisor.launcher.foreign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A section {@code [program:x]} that is being made, with what could not be carried over. */
final class Program {
  private final String name;
  private final List<String> comments = new ArrayList<>();
  private final Map<String, String> options = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();

  /** Names that sections cannot have lose what they cannot. */
  Program(String name) {
    String possible = name.strip().replaceAll("[^\\p{L}\\p{N}_.@+-]+", "-");
    this.name = possible.isEmpty() ? "program" : possible;
    // keeps its place between the other options
    options.put("command", "");
    if (!this.name.equals(name)) {
      lost("name " + Words.oneLine(name), "a name has neither spaces, colons nor slashes");
    }
  }

  String name() {
    return name;
  }

  /** Sets an option to a text that stands for itself. */
  void set(String option, String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      lost(option + " " + Words.oneLine(value), "a value is one line, without control characters");
    } else if (value.matches(".*\\s[;#].*")) {
      lost(option + " " + value, "; and # begin a comment after a space");
    } else {
      options.put(option, value.replace("%", "%%"));
    }
  }

  /** Sets an option that names an expansion, such as {@code %(here)s}. */
  void setExpanded(String option, String value) {
    options.put(option, value);
  }

  /** Sets where a channel is logged; a percent sign there is expanded twice. */
  void setLog(String option, String path) {
    if (path.matches(".*\\s[;#].*")) {
      lost(option + " " + path, "; and # begin a comment after a space");
    } else {
      options.put(option, path.replace("%", "%%%%"));
    }
  }

  /** False where the command is none that a configuration can hold. */
  boolean hasCommand() {
    return !options.get("command").isEmpty();
  }

  /** Adds a variable of its environment. */
  void variable(String key, String value) {
    addVariable(key, value, value.replace("%", "%%"));
  }

  /** Adds a variable whose value names an expansion. */
  void expandedVariable(String key, String value) {
    addVariable(key, value, value);
  }

  private void addVariable(String key, String value, String written) {
    String quote = value.indexOf('"') < 0 ? "\"" : "'";
    if (!key.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      lost("environment " + Words.oneLine(key), "no name of a variable");
    } else if (value.contains(quote)
        || value.chars().anyMatch(Character::isISOControl)
        || value.matches(".*\\s[;#].*")) {
      lost(
          "environment " + key,
          "its value has both kinds of quotes, a line end, or a ; or # after a space");
    } else {
      options.putIfAbsent("environment", "");
      environment.put(key, quote + written + quote);
    }
  }

  /** Adds a comment that is no loss. */
  void comment(String text) {
    comments.add(Words.oneLine(text));
  }

  /** Adds a comment about a setting that could not be carried over, with a hint. */
  void lost(String setting, String hint) {
    comment("not carried over: " + setting + (hint.isEmpty() ? "" : ": " + hint));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[program:" + name + "]\n");
    comments.forEach(comment -> text.append("; ").append(comment).append('\n'));
    options.forEach(
        (option, value) -> {
          if (option.equals("environment")) {
            List<String> pairs = new ArrayList<>();
            environment.forEach((key, quoted) -> pairs.add(key + "=" + quoted));
            text.append("environment = ").append(String.join(",", pairs)).append('\n');
          } else if (!value.isEmpty()) {
            text.append(option).append(" = ").append(value).append('\n');
          }
        });
    return text.toString();
  }
}

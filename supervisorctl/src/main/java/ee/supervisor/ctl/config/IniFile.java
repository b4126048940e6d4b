package ee.supervisor.ctl.config;

import ee.supervisor.getopt.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the sections of a configuration file, read as the reference's parser reads them.
 *
 * <p>Lines that begin with {@code ;} or {@code #} are comments, so is the rest of a line behind
 * white space and one of these; {@code =} or {@code :} ends a key; a line that is indented deeper
 * than its key continues the value; sections of the same name are one; of the same key the last
 * counts.
 */
final class IniFile {
  private static final String DEFAULTS = "DEFAULT";

  private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

  private Map<String, String> section;
  private String key = "";
  private int keyIndent;
  private final List<String> value = new ArrayList<>();

  private IniFile() {}

  /**
   * Reads a file.
   *
   * @param text its content
   * @param file its name, for messages
   * @throws UsageException if a line is neither a section nor a key
   */
  static IniFile parse(String text, String file) throws UsageException {
    IniFile ini = new IniFile();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      ini.line(line, file + ", line " + number);
    }
    ini.endValue();
    return ini;
  }

  /** The names of the sections in their order. */
  List<String> sections() {
    return sections.keySet().stream().filter(name -> !name.equals(DEFAULTS)).toList();
  }

  /** A section's keys and values, with those of the defaults where it has none of its own. */
  Map<String, String> section(String name) {
    Map<String, String> merged = new LinkedHashMap<>(sections.getOrDefault(DEFAULTS, Map.of()));
    merged.putAll(sections.getOrDefault(name, Map.of()));
    return merged;
  }

  /** A value, if the section or the defaults have it. */
  Optional<String> value(String name, String option) {
    return Optional.ofNullable(section(name).get(option));
  }

  private void line(String line, String where) throws UsageException {
    int comment = commentStart(line);
    String content = (comment < 0 ? line : line.substring(0, comment)).strip();
    if (content.isEmpty()) {
      // an empty line belongs to the value around it, a comment doesn't
      if (comment < 0 && !key.isEmpty()) {
        value.add("");
      }
      return;
    }
    int indent = line.length() - line.stripLeading().length();
    if (!key.isEmpty() && indent > keyIndent) {
      value.add(content);
      return;
    }
    endValue();
    keyIndent = indent;
    int end = content.lastIndexOf(']');
    if (content.startsWith("[") && end > 1) {
      section = sections.computeIfAbsent(content.substring(1, end), n -> new LinkedHashMap<>());
    } else if (section == null) {
      throw new UsageException("File contains no section headers.\nfile: " + where + ": " + line);
    } else {
      option(content, where);
    }
  }

  private void option(String content, String where) throws UsageException {
    int end = 0;
    while (end < content.length() && "=:".indexOf(content.charAt(end)) < 0) {
      end++;
    }
    if (end == 0 || end == content.length()) {
      throw new UsageException("Source contains parsing errors: " + where + ": " + content);
    }
    key = content.substring(0, end).strip().toLowerCase(Locale.ROOT);
    value.add(content.substring(end + 1).strip());
  }

  private void endValue() {
    if (!key.isEmpty()) {
      section.put(key, String.join("\n", value).stripTrailing());
    }
    key = "";
    value.clear();
  }

  private static int commentStart(String line) {
    String stripped = line.stripLeading();
    if (stripped.startsWith(";") || stripped.startsWith("#")) {
      return line.length() - stripped.length();
    }
    for (int i = 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if ((c == ';' || c == '#') && Character.isWhitespace(line.charAt(i - 1))) {
        return i;
      }
    }
    return -1;
  }
}

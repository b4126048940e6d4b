package ee.supervisor.launcher.foreign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A systemd unit file, line by line, and what its template's name stands for. */
final class UnitFile {
  private static final String SUFFIX = ".service";

  private final String file;
  private final String name;
  private final String text;

  /**
   * @param file as it was given
   * @param unit its name alone
   */
  UnitFile(String file, String unit, String text) {
    this.file = file;
    this.name = unit.substring(0, unit.length() - SUFFIX.length());
    this.text = text;
  }

  Program program() throws ImportException {
    if (name.endsWith("@")) {
      throw new ImportException(
          file, "is a template; copy it as " + name + "INSTANCE.service and import that");
    }
    Map<String, List<Setting>> settings = new LinkedHashMap<>();
    for (Setting setting : settings()) {
      List<Setting> same = settings.computeIfAbsent(setting.name(), key -> new ArrayList<>());
      if (setting.value().isEmpty()) {
        // as in systemd: forgets what was assigned before
        same.clear();
      } else {
        same.add(setting);
      }
    }
    return new UnitProgram(file, name, settings).program();
  }

  /**
   * An assignment.
   *
   * @param name section and key, as {@code Service.ExecStart}
   * @param value with specifiers replaced where they have a meaning here
   */
  record Setting(String name, String value, int line) {
    String key() {
      return name.substring(name.indexOf('.') + 1);
    }

    @Override
    public String toString() {
      return key() + "=" + value;
    }
  }

  private List<Setting> settings() throws ImportException {
    List<Setting> settings = new ArrayList<>();
    List<String> lines = text.lines().toList();
    String section = "";
    for (int i = 0; i < lines.size(); i++) {
      int first = i;
      String line = lines.get(i).strip();
      if (isComment(line)) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1);
        continue;
      }
      StringBuilder whole = new StringBuilder(line);
      while (whole.length() > 0 && whole.charAt(whole.length() - 1) == '\\') {
        whole.setCharAt(whole.length() - 1, ' ');
        do {
          i++;
        } while (i < lines.size() && !lines.get(i).isBlank() && isComment(lines.get(i).strip()));
        whole.append(i < lines.size() ? lines.get(i).strip() : "");
      }
      int equals = whole.indexOf("=");
      if (equals < 1 || section.isEmpty()) {
        throw new ImportException(
            file + ":" + (first + 1),
            "'"
                + Words.oneLine(line)
                + (section.isEmpty() ? "' stands before any section" : "' is not KEY=VALUE"));
      }
      String key = section + "." + whole.substring(0, equals).strip();
      settings.add(new Setting(key, specified(whole.substring(equals + 1).strip()), first + 1));
    }
    return settings;
  }

  private static boolean isComment(String line) {
    return line.isEmpty() || line.startsWith("#") || line.startsWith(";");
  }

  /** Replaces the specifiers that mean the same whoever starts the program. */
  private String specified(String value) {
    int at = name.indexOf('@');
    String prefix = at < 0 ? name : name.substring(0, at);
    String instance = at < 0 ? "" : name.substring(at + 1);
    Map<Character, String> specifiers =
        Map.ofEntries(
            Map.entry('%', "%"),
            Map.entry('n', name + SUFFIX),
            Map.entry('N', name),
            Map.entry('p', prefix),
            Map.entry('P', prefix.replace('-', '/')),
            Map.entry('i', instance),
            Map.entry('I', instance.replace('-', '/')),
            Map.entry('t', "/run"),
            Map.entry('S', "/var/lib"),
            Map.entry('C', "/var/cache"),
            Map.entry('L', "/var/log"),
            Map.entry('E', "/etc"),
            Map.entry('T', "/tmp"),
            Map.entry('V', "/var/tmp"));
    StringBuilder specified = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      String replacement =
          c == '%' && i + 1 < value.length() ? specifiers.get(value.charAt(i + 1)) : null;
      specified.append(replacement == null ? String.valueOf(c) : replacement);
      i += replacement == null ? 0 : 1;
    }
    return specified.toString();
  }
}

package ee.supervisor.launcher.foreign;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Procfile, as foreman and platforms after Heroku read it: {@code name: command} by line. */
final class Procfile {
  private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_-]+):\\s*(.+)");
  private static final int FIRST_PORT = 5000;
  private static final int PORTS_BETWEEN = 100;

  private final String file;
  private final Path directory;
  private final String text;

  Procfile(String file, Path directory, String text) {
    this.file = file;
    this.directory = directory;
    this.text = text;
  }

  List<Program> programs() throws ImportException {
    List<Program> programs = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
          throw new ImportException(
              file + ":" + (i + 1), "'" + Words.oneLine(line) + "' is not NAME: COMMAND");
        }
        programs.add(program(matcher.group(1), matcher.group(2), programs.size()));
      }
    }
    if (programs.isEmpty()) {
      throw new ImportException(file, "names no program");
    }
    return programs;
  }

  private Program program(String name, String command, int number) {
    Program program = new Program(name);
    // a list of commands cannot be exec'ed
    boolean isOne = !command.matches(".*[;&|<>(){}`].*") && !command.matches("\\w+=.*|exec\\s.*");
    program.set("command", Words.script((isOne ? "exec " : "") + command));
    program.set("directory", directory.toString());
    program.variable("PORT", Integer.toString(FIRST_PORT + PORTS_BETWEEN * number));
    boolean isRelease = name.equals("release");
    if (isRelease) {
      program.lost("release", "a platform runs it once for each deployment; start it yourself");
      program.set("autostart", "false");
    }
    program.set("autorestart", Boolean.toString(!isRelease));
    if (isRelease) {
      program.set("startsecs", "0");
    }
    if (Files.exists(directory.resolve(".env"))) {
      program.lost(".env", "put its variables into environment");
    }
    program.set("stopasgroup", "true");
    program.set("killasgroup", "true");
    program.set("redirect_stderr", "true");
    program.setExpanded("stdout_logfile", "%(here)s/" + program.name() + ".log");
    return program;
  }
}

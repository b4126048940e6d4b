package ee.supervisor.web.page;

import ee.supervisor.control.Supervisor;
import ee.supervisor.output.LogException;
import ee.supervisor.output.LogReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a program, as supervisord's log tells it: that outlives a restart of supervisord
 * and costs nothing while nobody asks. The log names no groups.
 */
final class ProgramHistory {
  private static final System.Logger LOG = System.getLogger(ProgramHistory.class.getName());
  private static final int READ_BYTES = 512 << 10;
  private static final int MOST = 50;

  /** What comes before the name of the program. */
  private static final List<String> KINDS =
      List.of("spawned: '", "success: ", "exited: ", "stopped: ", "gave up: ", "killing '");

  private static final Set<String> TROUBLES = Set.of("WARN", "ERRO", "CRIT");

  /**
   * Something that happened.
   *
   * @param at when, as the log has it
   * @param isTrouble whether the log warns of it
   * @param text what
   */
  record Entry(String at, boolean isTrouble, String text) {}

  private ProgramHistory() {}

  /** The last entries, newest first; none where there is no log. Reads a file. */
  static List<Entry> of(Supervisor supervisor, String name) {
    Optional<Path> file = supervisor.logfile();
    if (file.isEmpty()) {
      return List.of();
    }
    try {
      return entries(LogReader.read(file.get(), -READ_BYTES, 0).text(), name);
    } catch (LogException e) {
      LOG.log(System.Logger.Level.DEBUG, "no history: supervisord's log cannot be read", e);
      return List.of();
    }
  }

  static List<Entry> entries(String log, String name) {
    List<Entry> found = new ArrayList<>();
    log.lines()
        .forEach(
            line -> {
              // DATE TIME,MILLISECONDS LEVEL TEXT
              String[] words = line.split(" ", 4);
              if (words.length == 4 && isAbout(words[3], name)) {
                String time = words[1].replaceFirst(",.*", "");
                found.add(new Entry(words[0] + " " + time, TROUBLES.contains(words[2]), words[3]));
              }
            });
    Collections.reverse(found);
    return List.copyOf(found.subList(0, Math.min(MOST, found.size())));
  }

  private static boolean isAbout(String text, String name) {
    return KINDS.stream()
        .filter(text::startsWith)
        .anyMatch(kind -> text.startsWith(name + (kind.endsWith("'") ? "' " : " "), kind.length()));
  }
}

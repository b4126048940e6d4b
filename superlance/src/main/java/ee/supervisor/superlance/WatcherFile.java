package ee.supervisor.superlance;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.posix.ShellWords;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads which watchers share a JVM: a file with one command line a line, as it would stand after
 * {@code command=}. Empty lines and those that begin with {@code #} or {@code ;} say nothing.
 */
final class WatcherFile {

  private WatcherFile() {}

  /**
   * The watchers of a file, in its order.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if a line is wrong; the text names it
   */
  static List<NamedWatcher> read(Path file, WatcherContext context) throws IOException {
    List<NamedWatcher> watchers = new ArrayList<>();
    List<String> lines = Files.readAllLines(file, UTF_8);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';') {
        watchers.add(watcher(line, "%s:%d".formatted(file, i + 1), context));
      }
    }
    return watchers;
  }

  private static NamedWatcher watcher(String line, String place, WatcherContext context) {
    try {
      List<String> words = ShellWords.split(line);
      WatcherCommand command =
          WatcherCommands.parse(words, new PrintWriter(Writer.nullWriter()))
              .orElseThrow(() -> new IllegalArgumentException("--help makes no sense here"));
      return new NamedWatcher(words.get(0), command.watcher(context));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(place, e.getMessage()), e);
    }
  }
}

package ee.supervisor.superlance;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads from /proc how much memory processes have in RAM (proc(5), VmRSS). */
final class ProcessMemory {
  private static final Path PROC = Path.of("/proc");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** Resident bytes of a process; empty if there is none, or it has none of its own. */
  OptionalLong resident(int pid) {
    return field(pid, "VmRSS:").stream().map(kilobytes -> kilobytes * 1024).findFirst();
  }

  /** Resident bytes of a process and all its descendants; empty if there is none. */
  OptionalLong residentWithChildren(int pid) throws IOException {
    OptionalLong own = resident(pid);
    if (own.isEmpty()) {
      return own;
    }
    Map<Integer, Integer> parents = parents();
    long children =
        parents.keySet().stream()
            .filter(each -> each != pid && descends(each, pid, parents))
            .mapToLong(each -> resident(each).orElse(0))
            .sum();
    return OptionalLong.of(own.getAsLong() + children);
  }

  private static boolean descends(int pid, int ancestor, Map<Integer, Integer> parents) {
    int steps = 0;
    // Pids may be reused while we read, so that the map might have a circle.
    for (Integer each = pid; each != null && steps <= parents.size(); each = parents.get(each)) {
      if (each == ancestor) {
        return true;
      }
      steps++;
    }
    return false;
  }

  private static Map<Integer, Integer> parents() throws IOException {
    Map<Integer, Integer> parents = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        int pid = Integer.parseInt(entry.getFileName().toString());
        field(pid, "PPid:").ifPresent(parent -> parents.put(pid, (int) parent));
      }
    }
    return parents;
  }

  private static OptionalLong field(int pid, String name) {
    try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(SPACES.split(line, 3)[1]))
          .findFirst();
    } catch (IOException | java.io.UncheckedIOException e) {
      // It has ended since it was asked for.
      return OptionalLong.empty();
    }
  }
}

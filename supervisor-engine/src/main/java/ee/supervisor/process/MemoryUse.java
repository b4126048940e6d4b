package ee.supervisor.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells how much resident memory children use with all they have started: their descendants, and
 * whoever is in their process group. Memory that several share counts for each.
 */
public final class MemoryUse {
  private static final int MOST_GENERATIONS = 1000;

  private MemoryUse() {}

  /**
   * Looks at all processes of the machine, once.
   *
   * @param pids of the children, each the leader of its process group
   * @return bytes by pid, of those that are there
   */
  public static Map<Integer, Long> of(Set<Integer> pids) {
    Map<Integer, ProcStat> all = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path entry : entries) {
        int pid = Integer.parseInt(entry.getFileName().toString());
        ProcStat.read(pid).ifPresent(stat -> all.put(pid, stat));
      }
    } catch (IOException | DirectoryIteratorException e) {
      return Map.of(); // no /proc to look into
    }
    Map<Integer, Long> bytes = new HashMap<>();
    all.forEach(
        (pid, stat) ->
            owner(pid, pids, all)
                .ifPresent(owner -> bytes.merge(owner, stat.residentBytes(), Long::sum)));
    return bytes;
  }

  /** The child that a process belongs to. */
  private static Optional<Integer> owner(int pid, Set<Integer> pids, Map<Integer, ProcStat> all) {
    int next = pid;
    for (int i = 0; i < MOST_GENERATIONS; i++) {
      if (pids.contains(next)) {
        return Optional.of(next);
      }
      ProcStat stat = all.get(next);
      if (stat == null) {
        return Optional.empty();
      }
      if (pids.contains(stat.group())) {
        return Optional.of(stat.group());
      }
      next = stat.parent();
    }
    return Optional.empty();
  }
}

package ee.supervisor.launcher;

import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.ResourceLimit.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether there may be as many threads as Payara needs. Where there may not, it is not booted: it
 * would fail halfway, with threads that programs then lack. All but what it serves works without.
 */
final class ThreadsAllowed {
  /** What Payara has at the height of its boot, and some for programs. */
  static final int NEEDED = 45;

  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  private ThreadsAllowed() {}

  /** Why it cannot be booted, if so; in one line. */
  static Optional<String> shortage() {
    try {
      Optional<String> shortage =
          shortage(Files.readAllLines(Path.of("/proc/self/cgroup")), CGROUPS);
      return shortage.isPresent() ? shortage : shortageOfUser();
    } catch (IOException e) {
      return Optional.empty(); // nothing says so
    }
  }

  /**
   * That of control groups.
   *
   * @param groups this process's, as in /proc/self/cgroup (cgroups(7))
   * @param root where they are mounted
   */
  static Optional<String> shortage(List<String> groups, Path root) throws IOException {
    for (String line : groups) {
      String[] fields = line.split(":", 3);
      boolean isUnified = fields[1].isEmpty();
      if (isUnified || List.of(fields[1].split(",")).contains("pids")) {
        Path top = isUnified ? root : root.resolve("pids");
        // In a container the name may be the host's, and the group itself be mounted as the top.
        for (Path group = Path.of("/" + fields[2]); group != null; group = group.getParent()) {
          Optional<String> shortage = shortage(top.resolve("." + group).normalize());
          if (shortage.isPresent()) {
            return shortage;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> shortage(Path group) throws IOException {
    Path most = group.resolve("pids.max");
    if (!Files.isReadable(most)) {
      return Optional.empty();
    }
    String limit = Files.readString(most).strip();
    return limit.equals("max")
        ? Optional.empty()
        : shortage(
            Long.parseLong(limit),
            Long.parseLong(Files.readString(group.resolve("pids.current")).strip()),
            most.toString());
  }

  /** The kernel counts all threads of the user; known here are this process's own. */
  private static Optional<String> shortageOfUser() throws IOException {
    long limit = CurrentProcess.limit(Resource.NPROC).soft();
    if (CurrentProcess.uid() == 0 || limit < 0) {
      return Optional.empty();
    }
    String[] own = Path.of("/proc/self/task").toFile().list();
    return shortage(limit, own == null ? 0 : own.length, "ulimit -u");
  }

  private static Optional<String> shortage(long limit, long used, String where) {
    return limit - used >= NEEDED
        ? Optional.empty()
        : Optional.of(
            "Payara needs %d threads for the pages, REST and metrics, and %s allows %d, %d of them in use"
                .formatted(NEEDED, where, limit, used));
  }
}

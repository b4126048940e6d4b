package ee.supervisor.notify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells whether a process is a given child or comes from it. Looks at /proc: not for all threads.
 */
final class Descent {
  private static final int MOST_GENERATIONS = 64;

  private Descent() {}

  /**
   * Whether {@code pid} is {@code child} or a descendant of it. One whose parents have ended is
   * known by the process group of the child, and has to be of the same user then.
   *
   * @param uid whose {@code pid} is
   */
  static boolean isOf(int child, int pid, int uid) {
    int ancestor = pid;
    for (int i = 0; i < MOST_GENERATIONS && ancestor > 1; i++) {
      if (ancestor == child) {
        return true;
      }
      ancestor = Kin.of(ancestor).map(Kin::parent).orElse(0);
    }
    return Kin.of(pid).filter(kin -> kin.group() == child).isPresent() && uid == userOf(child);
  }

  /** Whether there is such a process. */
  static boolean isThere(int pid) {
    return Kin.of(pid).isPresent();
  }

  private static int userOf(int pid) {
    try {
      return (int) Files.getAttribute(Path.of("/proc", Integer.toString(pid)), "unix:uid");
    } catch (IOException | UnsupportedOperationException e) {
      return -1;
    }
  }

  /**
   * Whom a process belongs to.
   *
   * @param parent its parent
   * @param group its process group
   */
  private record Kin(int parent, int group) {

    static Optional<Kin> of(int pid) {
      try {
        String stat = Files.readString(Path.of("/proc", Integer.toString(pid), "stat"), ISO_8859_1);
        // the program's own name is in parentheses and may itself hold blanks and parentheses
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 4);
        return Optional.of(new Kin(Integer.parseInt(fields[1]), Integer.parseInt(fields[2])));
      } catch (IOException gone) {
        return Optional.empty();
      }
    }
  }
}

package ee.supervisor.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes paths that lead to what a process has open ({@code /dev/stdout}, {@code
 * /proc/self/fd/5}) from those of files. What they lead to can be written, but not renamed or
 * removed.
 */
public final class DescriptorPath {
  private static final Map<String, Integer> STANDARD =
      Map.of("/dev/stdin", 0, "/dev/stdout", 1, "/dev/stderr", 2);

  private static final Pattern NUMBERED =
      Pattern.compile("/(?:dev|proc/self|proc/thread-self|proc/(\\d+))/fd/(\\d{1,9})");

  private static final Path PROC = Path.of("/proc");
  private static final Path SYS = Path.of("/sys");

  /** As many as the kernel follows (path_resolution(7)). */
  private static final int MOST_LINKS = 40;

  private DescriptorPath() {}

  /** The number of our descriptor that a path means, links followed; empty when it means none. */
  public static OptionalInt numberOf(Path path) {
    String end = end(path).toString();
    if (STANDARD.containsKey(end)) {
      return OptionalInt.of(STANDARD.get(end));
    }
    Matcher numbered = NUMBERED.matcher(end);
    return numbered.matches() && isThisProcess(numbered.group(1))
        ? OptionalInt.of(Integer.parseInt(numbered.group(2)))
        : OptionalInt.empty();
  }

  /**
   * The path by which to open what {@code path} means: another one where it is a descriptor that
   * had to be moved.
   *
   * @throws PosixException EBADF when it means a descriptor that this process was not started with:
   *     what has that number now is the JVM's
   */
  public static Path toOpen(Path path) throws PosixException {
    OptionalInt number = numberOf(path);
    if (number.isEmpty()) {
      return path;
    }
    OptionalInt real = InheritedDescriptors.ofThisProcess().at(number.getAsInt());
    if (real.isEmpty()) {
      throw new PosixException("open(" + path + ")", Errno.EBADF);
    }
    return real.getAsInt() == number.getAsInt() ? path : descriptor(real.getAsInt());
  }

  private static Path descriptor(int number) {
    return Path.of("/proc/self/fd", Integer.toString(number));
  }

  private static boolean isThisProcess(String pid) {
    return pid == null || pid.equals(Integer.toString(CurrentProcess.pid()));
  }

  /**
   * Whether a path, links followed, leads to a descriptor of any process or elsewhere into the
   * kernel, so that its name is nobody's to take away.
   */
  public static boolean isFixed(Path path) {
    Path end = end(path);
    return end.startsWith(PROC) || end.startsWith(SYS) || numberOf(end).isPresent();
  }

  /** Where links lead, as far as they are names: those of /proc are not. */
  private static Path end(Path path) {
    Path end = path.toAbsolutePath().normalize();
    for (int links = 0; links < MOST_LINKS; links++) {
      boolean missing =
          STANDARD.containsKey(end.toString()) && !Files.exists(end, LinkOption.NOFOLLOW_LINKS);
      if (missing || NUMBERED.matcher(end.toString()).matches() || !Files.isSymbolicLink(end)) {
        return end;
      }
      try {
        end = end.resolveSibling(Files.readSymbolicLink(end)).normalize();
      } catch (IOException e) {
        return end;
      }
    }
    return end;
  }
}

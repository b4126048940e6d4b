package ee.supervisor.posix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** This process's descriptors, for tests that count them, or break what they lead to. */
public final class OwnDescriptors {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private OwnDescriptors() {}

  /** How many are open. */
  public static long count() {
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers of all that are an epoll. */
  public static Set<Integer> epolls() {
    Set<Integer> found = new TreeSet<>();
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      all.filter(fd -> target(fd).equals("anon_inode:[eventpoll]"))
          .forEach(fd -> found.add(Integer.parseInt(fd.getFileName().toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Whether an epoll watches a pidfd, as the control loop's does. */
  public static boolean watchesProcesses(int epoll) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/fdinfo/" + epoll))) {
      return lines
          .filter(line -> line.startsWith("tfd:"))
          .map(line -> line.substring(4).strip().split("\\s+", 2)[0])
          .anyMatch(number -> target(DESCRIPTORS.resolve(number)).equals("anon_inode:[pidfd]"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Has a descriptor lead to /dev/null, so that all calls for what it was are refused. */
  public static void breakDown(int number) throws PosixException {
    try (Fd nothing = Kernel.open(Path.of("/dev/null"), Kernel.O_RDWR, 0)) {
      Native.check(LibC.dup2(nothing.number(), number), "dup2", number);
    }
  }

  private static String target(Path fd) {
    try {
      return Files.readSymbolicLink(fd).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}

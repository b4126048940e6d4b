package ee.supervisor.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The TCP sockets of a process, as /proc tells (proc_pid_net(5)). */
final class Sockets {
  private static final String LISTEN = "0A";
  private static final int HEX = 16;

  private Sockets() {}

  /** The ports that a process listens on, by whatever address. */
  static List<Integer> listeningPorts(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    Set<String> own = inodes(proc.resolve("fd"));
    List<String> lines =
        Stream.concat(
                Files.readAllLines(proc.resolve("net/tcp")).stream(),
                Files.readAllLines(proc.resolve("net/tcp6")).stream())
            .toList();
    return lines.stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields.length > 9 && fields[3].equals(LISTEN) && own.contains(fields[9]))
        .map(fields -> fields[1].substring(fields[1].lastIndexOf(':') + 1))
        .map(port -> Integer.parseInt(port, HEX))
        .toList();
  }

  private static Set<String> inodes(Path descriptors) throws IOException {
    List<Path> links;
    try (Stream<Path> listing = Files.list(descriptors)) {
      links = listing.toList();
    }
    Set<String> inodes = new HashSet<>();
    for (Path link : links) {
      if (Files.isSymbolicLink(link)) {
        String target = Files.readSymbolicLink(link).toString();
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    return inodes;
  }
}

package ee.supervisor.front;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A loopback port on which this very process listens, as the kernel shows: whatever is sent to it
 * reaches nobody else. A port alone proves nothing, since any account may take one that is free.
 *
 * @param port its number on 127.0.0.1
 * @param descriptor the listening socket's entry in {@code /proc/self/fd}
 * @param socket what that entry links to
 */
record OwnedPort(int port, Path descriptor, Path socket) {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final String LISTENING = "0A";

  /** 127.0.0.1 of IPv4, and within IPv6: bytes as the kernel has them on these machines. */
  private static final List<String> LOOPBACK =
      List.of("0100007F", "0000000000000000FFFF00000100007F");

  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  /**
   * Looks who listens on 127.0.0.1.
   *
   * @return empty when nobody does, or another process
   * @throws IOException when /proc does not say
   */
  static Optional<OwnedPort> find(int port) throws IOException {
    List<Path> sockets = listening(port);
    if (sockets.size() != 1) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path descriptor : descriptors) {
        OwnedPort candidate = new OwnedPort(port, descriptor, sockets.get(0));
        if (candidate.isStillOurs()) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }

  private static List<Path> listening(int port) throws IOException {
    List<String> addresses =
        LOOPBACK.stream().map(address -> "%s:%04X".formatted(address, port)).toList();
    List<Path> sockets = new ArrayList<>();
    for (Path table : TABLES) {
      try {
        for (String line : Files.readAllLines(table)) {
          String[] fields = line.trim().split("\\s+", -1);
          if (fields.length > INODE
              && addresses.contains(fields[LOCAL_ADDRESS])
              && fields[STATE].equals(LISTENING)) {
            sockets.add(Path.of("socket:[" + fields[INODE] + "]"));
          }
        }
      } catch (NoSuchFileException e) {
        // a kernel without IPv6
      }
    }
    return sockets;
  }

  /**
   * Whether the socket that was found is still open here: then nobody else can listen on the port.
   * One system call.
   */
  boolean isStillOurs() {
    try {
      return Files.readSymbolicLink(descriptor).equals(socket);
    } catch (IOException e) {
      return false;
    }
  }
}

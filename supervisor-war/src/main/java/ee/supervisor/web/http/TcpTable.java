package ee.supervisor.web.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Knows of connections what no container says: what the kernel has in its table (proc(5)). */
final class TcpTable {
  private static final List<Path> TABLES =
      Stream.of("/proc/net/tcp", "/proc/net/tcp6").map(Path::of).filter(Files::exists).toList();
  private static final String ESTABLISHED = "01 ";

  /** Its place from the state on. */
  private static final int INODE = 6;

  private static final System.Logger LOG = System.getLogger(TcpTable.class.getName());

  private TcpTable() {}

  /**
   * The connections of this machine that neither side has ended, each with the inode of its socket.
   *
   * @return empty where there is no such table
   */
  static Optional<Map<Peer, Long>> read() {
    if (TABLES.isEmpty()) {
      return Optional.empty();
    }
    Map<Peer, Long> connections = new HashMap<>();
    try {
      for (Path table : TABLES) {
        for (String line : Files.readAllLines(table, US_ASCII)) {
          add(connections, line);
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "no table of connections", e);
      return Optional.empty();
    }
    return Optional.of(connections);
  }

  /**
   * Takes a line such as {@code 12: 0100007F:2329 0100007F:D2A4 01 00000000:00000000 00:00000000
   * 00000000 0 0 91177 …}. By position: there may be thousands, most of them of connections that
   * have ended.
   */
  private static void add(Map<Peer, Long> connections, String line) throws UnknownHostException {
    int local = line.indexOf(": ") + 2;
    int remote = line.indexOf(' ', local) + 1;
    int state = line.indexOf(' ', remote) + 1;
    if (line.startsWith(ESTABLISHED, state)) {
      String[] rest = line.substring(state).split("\\s+", INODE + 2);
      connections.put(
          peer(line.substring(local, remote - 1), line.substring(remote, state - 1)),
          Long.parseLong(rest[INODE]));
    }
  }

  private static Peer peer(String local, String remote) throws UnknownHostException {
    int colon = remote.indexOf(':');
    byte[] address = HexFormat.of().parseHex(remote.substring(0, colon));
    // the kernel prints each 32-bit word in the processor's order, and all we run on are
    // little-endian
    for (int word = 0; word < address.length; word += 4) {
      swap(address, word, word + 3);
      swap(address, word + 1, word + 2);
    }
    return new Peer(
        InetAddress.getByAddress(address),
        Integer.parseInt(remote.substring(colon + 1), 16),
        Integer.parseInt(local.substring(local.indexOf(':') + 1), 16));
  }

  private static void swap(byte[] bytes, int a, int b) {
    byte kept = bytes[a];
    bytes[a] = bytes[b];
    bytes[b] = kept;
  }
}

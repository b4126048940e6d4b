package ee.supervisor.web.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Notices that the client of an endless answer has gone while there was nothing to send it: the
 * container would tell with the next byte only, and a quiet log may never have one.
 *
 * <p>The kernel's table of connections is looked at every few seconds, for as long as anybody is
 * watched. A client that has closed its side is no longer in state ESTABLISHED there, or not there
 * at all (proc(5), tcp(7)).
 */
public final class DepartedClients {
  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final List<Path> TABLES =
      Stream.of("/proc/net/tcp", "/proc/net/tcp6").map(Path::of).filter(Files::exists).toList();
  private static final String ESTABLISHED = "01";

  private static final System.Logger LOG = System.getLogger(DepartedClients.class.getName());

  private final Executor executor;
  private final Map<Peer, Runnable> watched = new ConcurrentHashMap<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** Looks, and tells, on a thread of {@code executor}. */
  public DepartedClients(Executor executor) {
    this.executor = executor;
  }

  /** Has {@code onDeparture} run once when {@code peer} has gone; until {@link #forget}. */
  public void watch(Peer peer, Runnable onDeparture) {
    watched.put(peer, onDeparture);
    schedule();
  }

  /** Stops watching; idempotent. */
  public void forget(Peer peer) {
    watched.remove(peer);
  }

  private void schedule() {
    if (!watched.isEmpty() && scheduled.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(PERIOD.toMillis(), TimeUnit.MILLISECONDS, executor)
          .execute(this::look);
    }
  }

  private void look() {
    scheduled.set(false);
    // whoever comes after this line is looked at the next time
    Set<Peer> known = Set.copyOf(watched.keySet());
    Set<Peer> connected = connected();
    for (Peer peer : known) {
      Runnable onDeparture = connected.contains(peer) ? null : watched.remove(peer);
      if (onDeparture != null) {
        onDeparture.run();
      }
    }
    schedule();
  }

  private Set<Peer> connected() {
    if (TABLES.isEmpty()) {
      // no Linux
      return watched.keySet();
    }
    Set<Peer> connected = new HashSet<>();
    for (Path table : TABLES) {
      try {
        for (String line : Files.readAllLines(table, US_ASCII)) {
          String[] fields = line.strip().split("\\s+", 5);
          if (fields.length > 3 && fields[3].equals(ESTABLISHED)) {
            connected.add(peer(fields[1], fields[2]));
          }
        }
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "no table of connections: the next byte tells", e);
        return watched.keySet();
      }
    }
    return connected;
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

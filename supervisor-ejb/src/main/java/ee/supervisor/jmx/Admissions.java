package ee.supervisor.jmx;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Bounds the connections that have not logged in, each of which is a thread of RMI: when there are
 * too many, the oldest makes room, that of the address with the most first. So strangers are in the
 * way of their own address alone, and there of nobody who logs in soon. Safe for all threads.
 */
final class Admissions {
  private static final long COMPLAINT_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final int mostOfAddress;
  private final int most;
  private final Consumer<String> log;
  private final Set<GuardedSocket> strangers = new LinkedHashSet<>();
  private Optional<Long> complainedAtNanos = Optional.empty();

  /**
   * Without any connection yet.
   *
   * @param mostOfAddress how many one address may have
   * @param most how many all may have together
   * @param log gets a line, once a minute at most, that connections had to make room
   */
  Admissions(int mostOfAddress, int most, Consumer<String> log) {
    this.mostOfAddress = mostOfAddress;
    this.most = most;
    this.log = log;
  }

  /** A connection has come. */
  void enter(GuardedSocket socket) {
    Optional<GuardedSocket> leaving;
    synchronized (this) {
      strangers.add(socket);
      leaving = oneTooMany(socket.getInetAddress());
      leaving.ifPresent(strangers::remove);
    }
    leaving.ifPresent(this::end);
  }

  private Optional<GuardedSocket> oneTooMany(InetAddress newcomer) {
    Map<InetAddress, Long> counts =
        strangers.stream()
            .map(GuardedSocket::getInetAddress)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    if (counts.get(newcomer) > mostOfAddress) {
      return oldest(newcomer);
    }
    return strangers.size() <= most
        ? Optional.empty()
        : counts.entrySet().stream()
            .max(Comparator.comparing(Map.Entry::getValue))
            .flatMap(crowd -> oldest(crowd.getKey()));
  }

  private Optional<GuardedSocket> oldest(InetAddress address) {
    return strangers.stream().filter(socket -> socket.getInetAddress().equals(address)).findFirst();
  }

  private void end(GuardedSocket socket) {
    String address = socket.getInetAddress().getHostAddress();
    socket.closeQuietly();
    if (mayComplain()) {
      log.accept(
          "jmx: too many connections that have not logged in, the oldest of "
              + address
              + " are closed");
    }
  }

  private synchronized boolean mayComplain() {
    long now = System.nanoTime();
    boolean due = complainedAtNanos.map(at -> now - at > COMPLAINT_PAUSE_NANOS).orElse(true);
    if (due) {
      complainedAtNanos = Optional.of(now);
    }
    return due;
  }

  /** A connection has logged in, or ended. */
  synchronized void leave(GuardedSocket socket) {
    strangers.remove(socket);
  }

  /** How many connections have not logged in. */
  synchronized int strangers() {
    return strangers.size();
  }
}

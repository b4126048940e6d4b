package ee.supervisor.web.http;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notices that the client of an endless response has gone while there was nothing to send it: the
 * container would notice with the next byte only, and a quiet log may never have one.
 *
 * <p>The kernel's table of connections is looked at every few seconds, for as long as anybody is
 * watched. A client that has closed its side is no longer in state ESTABLISHED there, or not there
 * at all (proc(5), tcp(7)).
 */
public final class DepartedClients {
  private static final Duration PERIOD = Duration.ofSeconds(10);
  private final Executor executor;
  private final Map<Peer, Runnable> watched = new ConcurrentHashMap<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** Looks, and reports, on a thread of {@code executor}. */
  public DepartedClients(Executor executor) {
    this.executor = executor;
  }

  /**
   * Has {@code onDeparture} run once when {@code peer} has gone; until {@link #forget}, or until
   * the next response on that connection is watched.
   */
  public void watch(Peer peer, Runnable onDeparture) {
    watched.put(peer, onDeparture);
    schedule();
  }

  /** Stops what {@link #watch} began with the same; a connection has one response after another. */
  public void forget(Peer peer, Runnable onDeparture) {
    watched.remove(peer, onDeparture);
  }

  private void schedule() {
    if (!watched.isEmpty() && scheduled.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(PERIOD.toMillis(), TimeUnit.MILLISECONDS, executor)
          .execute(this::look);
    }
  }

  /** Looks at all of them now. */
  void look() {
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
    // without a table the next byte shows it
    return TcpTable.read().map(Map::keySet).orElseGet(watched::keySet);
  }
}

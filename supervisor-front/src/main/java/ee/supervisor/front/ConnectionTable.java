package ee.supervisor.front;

import ee.supervisor.access.Client;
import ee.supervisor.http.FrontCounts;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * All connections of clients: bounds their number, and looks each second for those whose time is
 * over. While there are none, nothing wakes up. Confined to the event loop.
 */
final class ConnectionTable {
  /** How long bytes may wait for a client while there is little memory. */
  private static final Duration STALLED_UNDER_PRESSURE = Duration.ofSeconds(2);

  private final BooleanSupplier isShortOfMemory;
  private final EventLoop loop;
  private final FrontLimits limits;
  private final FrontCounts counts;
  private final Set<ClientConnection> connections = new LinkedHashSet<>();
  private final Map<String, Integer> perListener = new HashMap<>();
  private final Map<String, Integer> perAddress = new HashMap<>();
  private Optional<ScheduledFuture<?>> watch = Optional.empty();

  /**
   * @param isShortOfMemory whether those are to go that take nothing of what waits for them
   */
  ConnectionTable(
      EventLoop loop, FrontLimits limits, FrontCounts counts, BooleanSupplier isShortOfMemory) {
    this.isShortOfMemory = isShortOfMemory;
    this.loop = loop;
    this.limits = limits;
    this.counts = counts;
  }

  /**
   * Takes a new one in, if need be in the place of another.
   *
   * @return false when it has to be closed: all places are taken by clients that are being served
   */
  boolean add(ClientConnection connection) {
    if (!hasPlace(connection)) {
      counts.refused();
      return false;
    }
    connections.add(connection);
    Client client = connection.client();
    perListener.merge(client.listener(), 1, Integer::sum);
    perAddress.merge(client.address(), 1, Integer::sum);
    if (watch.isEmpty()) {
      watch = Optional.of(loop.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS));
    }
    return true;
  }

  /** One has been closed; idempotent. */
  void remove(ClientConnection connection) {
    if (!connections.remove(connection)) {
      return;
    }
    Client client = connection.client();
    perListener.computeIfPresent(client.listener(), (name, count) -> less(count));
    perAddress.computeIfPresent(client.address(), (name, count) -> less(count));
    if (connections.isEmpty() && watch.isPresent()) {
      watch.get().cancel(false);
      watch = Optional.empty();
    }
  }

  private static Integer less(int count) {
    return count == 1 ? null : count - 1;
  }

  private boolean hasPlace(ClientConnection connection) {
    Client client = connection.client();
    if (isUnix(client)) {
      return connections.size() < limits.total() || makePlace(other -> true);
    }
    if (count(perAddress, client.address()) >= limits.perAddress()
        && !makePlace(other -> other.client().address().equals(client.address()))) {
      return false;
    }
    if (count(perListener, client.listener()) >= limits.perListener()
        && !makePlace(other -> other.client().listener().equals(client.listener()))) {
      return false;
    }
    int network = connections.size() - count(perAddress, Client.UNIX);
    return network < limits.total() - limits.unixReserve()
        || makePlace(other -> !isUnix(other.client()));
  }

  /**
   * Whether one more client may have a response without end. Of all places the last eighth is for
   * those that ask something and go.
   */
  boolean mayFollow(ClientConnection connection) {
    Client client = connection.client();
    int all = 0;
    int ofListener = 0;
    int ofAddress = 0;
    for (ClientConnection other : connections) {
      if (other.isFollowing() && isUnix(other.client()) == isUnix(client)) {
        all++;
        ofListener += other.client().listener().equals(client.listener()) ? 1 : 0;
        ofAddress += other.client().address().equals(client.address()) ? 1 : 0;
      }
    }
    if (isUnix(client)) {
      return all < most(limits.total());
    }
    return all < most(limits.total() - limits.unixReserve())
        && ofListener < most(limits.perListener())
        && ofAddress < most(limits.perAddress());
  }

  private static int most(int places) {
    return places - (places + 7) / 8;
  }

  private static boolean isUnix(Client client) {
    return client.address().equals(Client.UNIX);
  }

  private static int count(Map<String, Integer> counts, String name) {
    return counts.getOrDefault(name, 0);
  }

  /** Closes the one that would be missed least: the one idle for longest, else the slowest. */
  private boolean makePlace(Predicate<ClientConnection> among) {
    ClientConnection least = null;
    for (ClientConnection connection : connections) {
      if (connection.isDispensable()
          && among.test(connection)
          && (least == null || connection.waitingSince() - least.waitingSince() < 0)) {
        least = connection;
      }
    }
    if (least == null) {
      return false;
    }
    counts.displaced();
    remove(least);
    least.close();
    return true;
  }

  /**
   * Where memory is short, who has taken nothing for longest leaves what it holds to the others.
   *
   * @return whether there was one
   */
  private boolean dropStalled(long now) {
    ClientConnection longest = null;
    Duration stalled = STALLED_UNDER_PRESSURE;
    for (ClientConnection connection : connections) {
      if (connection.stalled(now).compareTo(stalled) > 0) {
        longest = connection;
        stalled = connection.stalled(now);
      }
    }
    if (longest == null) {
      return false;
    }
    counts.dropped();
    longest.close();
    return true;
  }

  private void look() {
    long now = System.nanoTime();
    // a copy: who is closed leaves the table
    for (ClientConnection connection : List.copyOf(connections)) {
      try {
        connection.look(now);
      } catch (Throwable e) {
        // of one: the others are looked at all the same
        connection.close();
      }
    }
    while (isShortOfMemory.getAsBoolean() && dropStalled(now)) {
      // until there is enough
    }
  }

  /** All of them, for the time when a listener closes. */
  List<ClientConnection> all() {
    return List.copyOf(connections);
  }

  /** How many there are. */
  int size() {
    return connections.size();
  }
}

package ee.supervisor.telemetry;

import ee.supervisor.budget.MemoryBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Occurrences that wait for the collector. Bounded in number and in bytes: where there is no room,
 * the oldest is lost and counted, and whoever adds one never waits.
 */
final class Backlog implements AutoCloseable {
  /** What an occurrence takes of the heap beside its event. */
  private static final long BYTES = 64;

  /** Empty wakes whoever waits. */
  private final BlockingQueue<Optional<Occurrence>> queue;

  private final MemoryBudget.Account held;
  private final AtomicLong lost;

  /**
   * @param lost counts what is lost
   */
  Backlog(int capacity, MemoryBudget budget, AtomicLong lost) {
    queue = new ArrayBlockingQueue<>(capacity);
    held = budget.open();
    this.lost = lost;
  }

  void add(Occurrence occurrence) {
    while (!held.take(bytes(occurrence))) {
      if (!dropOldest()) {
        lost.incrementAndGet();
        return;
      }
    }
    put(Optional.of(occurrence));
  }

  /** Ends {@link #awaitFirst} at once. */
  void wake() {
    put(Optional.empty());
  }

  private void put(Optional<Occurrence> occurrence) {
    while (!queue.offer(occurrence)) {
      dropOldest();
    }
  }

  private boolean dropOldest() {
    Optional<Occurrence> oldest = queue.poll();
    if (oldest == null) {
      return false;
    }
    oldest.ifPresent(
        dropped -> {
          held.give(bytes(dropped));
          lost.incrementAndGet();
        });
    return true;
  }

  /** Waits until there is one, and takes it; or until woken. */
  void awaitFirst(List<Occurrence> batch, Duration patience) throws InterruptedException {
    Optional<Occurrence> first = queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (first != null) {
      first.ifPresent(occurrence -> take(occurrence, batch));
    }
  }

  /** Takes more until the batch has {@code size}. */
  void fill(List<Occurrence> batch, int size) {
    List<Optional<Occurrence>> drained = new ArrayList<>();
    queue.drainTo(drained, size - batch.size());
    drained.forEach(each -> each.ifPresent(occurrence -> take(occurrence, batch)));
  }

  private void take(Occurrence occurrence, List<Occurrence> batch) {
    held.give(bytes(occurrence));
    batch.add(occurrence);
  }

  private static long bytes(Occurrence occurrence) {
    return BYTES + occurrence.event().bytes() + occurrence.reason().length();
  }

  /** What is left is lost. */
  @Override
  public void close() {
    held.close();
    lost.addAndGet(queue.stream().filter(Optional::isPresent).count());
    queue.clear();
  }
}

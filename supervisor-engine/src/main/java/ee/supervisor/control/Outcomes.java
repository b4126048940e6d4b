package ee.supervisor.control;

import ee.supervisor.protocol.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * How one command went for each of several processes, in Supervisor's order, which clients print:
 * first what was known at once, then what became known later. Outcomes are added by one thread;
 * they may become known on any.
 *
 * <p>Supervisor looks about once a second at those it waits for. What became known within half a
 * second is therefore one round, in the order of the processes.
 */
final class Outcomes {
  private static final long ROUND_NANOS = Duration.ofMillis(500).toNanos();

  /** What Supervisor finds out before it does anything, though we look elsewhere and later. */
  private static final Set<Fault> REFUSALS =
      EnumSet.of(Fault.NO_FILE, Fault.NOT_EXECUTABLE, Fault.ALREADY_STARTED, Fault.BAD_NAME);

  private final List<CompletableFuture<Known>> outcomes = new ArrayList<>();

  /**
   * An outcome that is known.
   *
   * @param place its process's among the others
   * @param atOnce whether it was known at once
   * @param nanos when it became known
   */
  private record Known(int place, boolean atOnce, long nanos, ProcessResult result) {}

  /**
   * Adds the outcome for the next process.
   *
   * @param settlesAtOnce whether Supervisor would not wait for it, even where we have to
   */
  void add(CompletableFuture<ProcessResult> outcome, boolean settlesAtOnce) {
    boolean atOnce = settlesAtOnce || outcome.isDone();
    int place = outcomes.size();
    outcomes.add(
        outcome.thenApply(
            result ->
                new Known(
                    place,
                    atOnce || REFUSALS.contains(result.fault()),
                    System.nanoTime(),
                    result)));
  }

  /** All of them, once the last is known. */
  CompletableFuture<List<ProcessResult>> all() {
    return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
        .thenApply(done -> inOrder(outcomes.stream().map(CompletableFuture::join).toList()));
  }

  private static List<ProcessResult> inOrder(List<Known> byPlace) {
    List<ProcessResult> ordered = new ArrayList<>();
    byPlace.stream().filter(Known::atOnce).map(Known::result).forEach(ordered::add);
    List<Known> later =
        byPlace.stream()
            .filter(known -> !known.atOnce())
            .sorted(Comparator.comparingLong(Known::nanos))
            .toList();
    for (int start = 0, end; start < later.size(); start = end) {
      end = endOfRound(later, start);
      List<Known> round = new ArrayList<>(later.subList(start, end));
      round.sort(Comparator.comparingInt(Known::place));
      round.forEach(known -> ordered.add(known.result()));
    }
    return List.copyOf(ordered);
  }

  private static int endOfRound(List<Known> later, int start) {
    int end = start + 1;
    while (end < later.size() && later.get(end).nanos() - later.get(start).nanos() <= ROUND_NANOS) {
      end++;
    }
    return end;
  }
}

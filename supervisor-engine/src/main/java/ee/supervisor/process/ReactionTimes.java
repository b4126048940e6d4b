package ee.supervisor.process;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Remembers how long it took to replace dead children: from the exit that became known to the
 * successor that exists. Confined to the control loop, but for {@link #histogram()}.
 */
public final class ReactionTimes {

  /** Upper bounds, each inclusive; a healthy machine is among the first. */
  static final List<Duration> BOUNDS =
      LongStream.of(500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000)
          .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
          .toList();

  private final long[] counts = new long[BOUNDS.size() + 1];
  private Duration sum = Duration.ZERO;
  private volatile Histogram published = publish();

  /**
   * What was measured until some moment.
   *
   * @param bounds upper bounds of all buckets but the last, which has none
   * @param counts measurements in each bucket alone
   * @param sum of all measurements
   */
  public record Histogram(List<Duration> bounds, List<Long> counts, Duration sum) {

    public Histogram {
      bounds = List.copyOf(bounds);
      counts = List.copyOf(counts);
    }
  }

  /** All so far; for any thread. */
  public Histogram histogram() {
    return published;
  }

  /** Takes one measurement. */
  void record(Duration reaction) {
    int bucket =
        IntStream.range(0, BOUNDS.size())
            .filter(i -> reaction.compareTo(BOUNDS.get(i)) <= 0)
            .findFirst()
            .orElse(BOUNDS.size());
    counts[bucket]++;
    sum = sum.plus(reaction);
    published = publish();
  }

  private Histogram publish() {
    return new Histogram(BOUNDS, LongStream.of(counts).boxed().toList(), sum);
  }
}

package ee.supervisor.check;

import ee.supervisor.config.CheckConfig;
import ee.supervisor.process.Seconds;
import java.time.Duration;
import java.util.Optional;

/**
 * One check of one child, made again and again until it is cancelled, and what its results come to.
 * Confined to the {@link CheckLoop}.
 */
final class CheckRun {
  private final CheckLoop loop;
  private final CheckConfig config;
  private final Probe.Maker probes;
  private final Verdicts verdicts;
  private CheckLoop.Timing next = CheckLoop.Timing.NONE;
  private CheckLoop.Timing clock = CheckLoop.Timing.NONE;
  private Optional<Probe> probe = Optional.empty();
  private long number;
  private long begunNanos;
  private long successes;
  private long failures;
  private Optional<Boolean> verdict = Optional.empty();
  private String lastFailure = "";
  private boolean cancelled;

  /** Hears what the results come to, on the loop: seldom, however often the check is made. */
  interface Verdicts {
    /** It succeeded often enough. */
    void passed();

    /** It failed, not yet often enough, for another reason than the last time. */
    void failing(String why);

    /**
     * It failed often enough; told again after as many failures more.
     *
     * @param times how often in a row
     */
    void failed(long times, String why);
  }

  CheckRun(CheckLoop loop, CheckConfig config, Probe.Maker probes, Verdicts verdicts) {
    this.loop = loop;
    this.config = config;
    this.probes = probes;
    this.verdicts = verdicts;
  }

  void begin() {
    if (!cancelled) {
      next = loop.schedule(config.initialDelay(), this::look);
    }
  }

  private void look() {
    begunNanos = System.nanoTime();
    long mine = ++number;
    Probe made = probes.make();
    probe = Optional.of(made);
    clock =
        loop.schedule(
            config.timeout(),
            () -> {
              made.cancel();
              looked(mine, Optional.of("no answer within " + Seconds.of(config.timeout())));
            });
    try {
      made.begin(failure -> looked(mine, failure));
    } catch (RuntimeException e) {
      made.cancel();
      looked(mine, Optional.of(e.toString()));
    }
  }

  private void looked(long which, Optional<String> failure) {
    if (cancelled || which != number || probe.isEmpty()) {
      return;
    }
    clock.cancel();
    probe = Optional.empty();
    Duration passed = Duration.ofNanos(System.nanoTime() - begunNanos);
    Duration pause = config.period().minus(passed);
    // one that takes longer than its period must not be made without a pause
    next = loop.schedule(pause.isNegative() ? Duration.ofMillis(1) : pause, this::look);
    if (failure.isEmpty()) {
      succeeded();
    } else {
      failed(failure.get());
    }
  }

  private void succeeded() {
    failures = 0;
    lastFailure = "";
    successes++;
    if (successes >= config.successThreshold() && !verdict.equals(Optional.of(true))) {
      verdict = Optional.of(true);
      verdicts.passed();
    }
  }

  private void failed(String why) {
    successes = 0;
    failures++;
    boolean news = !why.equals(lastFailure);
    lastFailure = why;
    if (failures % config.failureThreshold() == 0) {
      verdict = Optional.of(false);
      verdicts.failed(failures, why);
    } else if (news) {
      verdicts.failing(why);
    }
  }

  void cancel() {
    cancelled = true;
    next.cancel();
    clock.cancel();
    probe.ifPresent(Probe::cancel);
    probe = Optional.empty();
  }
}

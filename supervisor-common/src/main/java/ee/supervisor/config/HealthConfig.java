package ee.supervisor.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How it is known whether a process is ready, and whether it lives.
 *
 * @param readiness the check that tells whether others may count on it
 * @param liveness the check that tells whether it has to be started again
 * @param notifies it tells of itself by sd_notify(3)
 * @param watchdog how long it may be without a sign of life; zero for ever
 */
public record HealthConfig(
    Optional<CheckConfig> readiness,
    Optional<CheckConfig> liveness,
    boolean notifies,
    Duration watchdog) {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  static HealthConfig of(OptionValues values) throws ConfigException {
    Duration watchdog = values.get(Options.WATCHDOG_SEC);
    Optional<CheckConfig> readiness = check(values, Options.READINESS);
    Optional<CheckConfig> liveness = check(values, Options.LIVENESS);
    if (watchdog.isNegative()) {
      throw new ConfigException("watchdog_sec is negative: 0 or more seconds are wanted");
    }
    if (isA(CheckTarget.Log.class, liveness)) {
      throw new ConfigException(
          "liveness_check_script=%s: a line that was written once says nothing of now; log: is for"
                  .formatted(liveness.get().target().text())
              + " readiness_check_script");
    }
    if (isA(CheckTarget.Notify.class, liveness) && watchdog.isZero()) {
      throw new ConfigException("liveness_check_script=notify needs watchdog_sec");
    }
    boolean notifies =
        values.get(Options.NOTIFY)
            || !watchdog.isZero()
            || isA(CheckTarget.Notify.class, readiness)
            || isA(CheckTarget.Notify.class, liveness);
    return new HealthConfig(readiness, liveness, notifies, watchdog);
  }

  private static boolean isA(Class<? extends CheckTarget> kind, Optional<CheckConfig> check) {
    return check.map(CheckConfig::target).filter(kind::isInstance).isPresent();
  }

  private static Optional<CheckConfig> check(OptionValues values, Options.Check options)
      throws ConfigException {
    Optional<CheckTarget> target = values.find(options.script());
    if (target.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CheckConfig(
            expecting(target.get(), values, options),
            atLeast(Duration.ZERO, options.initialDelay(), values),
            atLeast(SHORTEST, options.period(), values),
            atLeast(SHORTEST, options.timeout(), values),
            atLeastOne(options.successThreshold(), values),
            atLeastOne(options.failureThreshold(), values),
            values.get(options.failureAction())));
  }

  private static CheckTarget expecting(
      CheckTarget target, OptionValues values, Options.Check options) {
    return target instanceof CheckTarget.Http http
        ? http.expecting(
            new CheckTarget.HttpExpectation(
                values.get(options.httpStatus()),
                values.find(options.httpBody()),
                values.find(options.httpHeaders()).orElse(Map.of())))
        : target;
  }

  private static Duration atLeast(
      Duration least, Option<ProcessConfig, Duration> option, OptionValues values)
      throws ConfigException {
    Duration value = values.get(option);
    if (value.compareTo(least) < 0) {
      throw new ConfigException(
          "%s is %s: %s seconds are wanted"
              .formatted(option, Conversions.text(value), least.isZero() ? "0 or more" : "some"));
    }
    return value;
  }

  private static long atLeastOne(Option<ProcessConfig, Long> option, OptionValues values)
      throws ConfigException {
    long value = values.get(option);
    if (value < 1) {
      throw new ConfigException("%s is %d: 1 or more is wanted".formatted(option, value));
    }
    return value;
  }

  /** Whether a check or the process itself tells when it is ready. */
  public boolean tellsReadiness() {
    return readiness.isPresent() || notifies;
  }

  /** The check of readiness that has to be made from here: not that by notification. */
  public Optional<CheckConfig> readinessToCheck() {
    return toCheck(readiness);
  }

  /** The check of liveness that has to be made from here: not that by notification. */
  public Optional<CheckConfig> livenessToCheck() {
    return toCheck(liveness);
  }

  private static Optional<CheckConfig> toCheck(Optional<CheckConfig> check) {
    return check.filter(c -> !(c.target() instanceof CheckTarget.Notify));
  }

  /** Whether it tells itself when it is ready. */
  public boolean readyByNotification() {
    return notifies && (readiness.isEmpty() || isA(CheckTarget.Notify.class, readiness));
  }

  /** Whether there is nothing of all that. */
  public boolean isEmpty() {
    return readiness.isEmpty() && liveness.isEmpty() && !notifies;
  }
}

package ee.supervisor.config;

import java.util.Optional;

/**
 * An option of a program's check of readiness or liveness: one class for all of them, since each
 * class more is loaded at every start.
 *
 * @param <T> what its value is
 */
final class CheckOption<T> extends ShownOption<ProcessConfig, T> {
  private final boolean readiness;
  private final Part part;

  /** Which component of {@link CheckConfig} has the value. */
  enum Part {
    SCRIPT,
    INITIAL_DELAY,
    PERIOD,
    TIMEOUT,
    SUCCESS_THRESHOLD,
    FAILURE_THRESHOLD,
    FAILURE_ACTION,
    HTTP_STATUS,
    HTTP_BODY,
    HTTP_HEADERS
  }

  CheckOption(
      OptionGroup<ProcessConfig> group,
      String name,
      boolean readiness,
      Part part,
      Kind<T> kind,
      Absence absence,
      String meaning) {
    super(group, name, kind, absence, meaning);
    this.readiness = readiness;
    this.part = part;
  }

  /** Null where there is no such check. */
  @Override
  @SuppressWarnings("unchecked") // the part and the kind are declared together
  T valueIn(ProcessConfig config) {
    Optional<CheckConfig> check =
        readiness ? config.health().readiness() : config.health().liveness();
    return (T) check.map(this::partOf).orElse(null);
  }

  private Object partOf(CheckConfig check) {
    return switch (part) {
      case SCRIPT -> check.target();
      case INITIAL_DELAY -> check.initialDelay();
      case PERIOD -> check.period();
      case TIMEOUT -> check.timeout();
      case SUCCESS_THRESHOLD -> check.successThreshold();
      case FAILURE_THRESHOLD -> check.failureThreshold();
      case FAILURE_ACTION -> check.action();
      case HTTP_STATUS ->
          check.target() instanceof CheckTarget.Http http ? http.expected().statuses() : null;
      case HTTP_BODY ->
          check.target() instanceof CheckTarget.Http http
              ? http.expected().body().orElse(null)
              : null;
      case HTTP_HEADERS ->
          check.target() instanceof CheckTarget.Http http ? http.expected().headers() : null;
    };
  }
}

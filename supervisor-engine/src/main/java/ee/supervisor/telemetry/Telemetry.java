package ee.supervisor.telemetry;

import ee.supervisor.config.Configuration;
import ee.supervisor.config.OtlpConfig;
import ee.supervisor.control.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Sends metrics and lifecycle events to where the configuration says, if it says so: without that
 * nothing of OpenTelemetry is loaded, and no thread is started.
 *
 * <p>Confined to whoever starts and restarts the supervisor, but for {@link #end}.
 */
public final class Telemetry {
  /** The control loop has nothing to wait for; what is left when supervisord ends has this long. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Supervisor supervisor;
  private final CompletionStage<Void> started;
  private final Path jars;
  private final Map<String, String> environment;
  private final Supplier<String> host;
  private final AtomicLong lost = new AtomicLong();
  private Optional<Followed> followed = Optional.empty();
  private volatile Optional<Session> session = Optional.empty();

  /** What a session depends on. */
  private record Followed(OtlpConfig config, String identifier) {}

  /**
   * @param started completes when the first children are there: nothing is loaded before
   * @param jars the directory of OpenTelemetry's
   * @param environment supervisord's own
   * @param host the machine's name
   */
  public Telemetry(
      Supervisor supervisor,
      CompletionStage<Void> started,
      Path jars,
      Map<String, String> environment,
      Supplier<String> host) {
    this.supervisor = supervisor;
    this.started = started;
    this.jars = jars;
    this.environment = environment;
    this.host = host;
  }

  /** Begins, goes on or ceases to send, as the configuration says; waits for nothing. */
  public void follow(Configuration configuration) {
    Optional<Followed> next =
        configuration
            .otlp()
            .map(config -> new Followed(config, configuration.supervisord().identifier()));
    if (next.equals(followed)) {
      return;
    }
    followed = next;
    session.ifPresent(Session::close);
    session = next.map(this::open);
  }

  private Session open(Followed next) {
    supervisor.measurements().countDropped("otlp", lost::get);
    return Session.start(
        supervisor,
        next.config(),
        lost,
        warnings ->
            SeparateLoader.factory(jars)
                .open(next.config(), origin(next.identifier()), environment, warnings),
        started);
  }

  private Origin origin(String identifier) {
    return new Origin(identifier, host.get(), supervisor.pid());
  }

  /** Sends what is left, for a short time; the supervisor has stopped. */
  public void end() {
    session.ifPresent(
        open -> {
          open.close();
          open.await(PATIENCE);
        });
  }
}

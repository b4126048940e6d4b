package ee.supervisor.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.ConfigFile;
import ee.supervisor.config.ConfigSource;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.Host;
import ee.supervisor.config.Overrides;
import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.PosixException;
import ee.supervisor.process.ProcessInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * A real engine with real children for a test, configured by the text of a {@code
 * supervisord.conf}.
 */
public final class RunningEngine implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path directory;
  private final ActivityLog log;
  private final EngineOptions options;
  private final Engine engine;
  private final List<Event> events = new CopyOnWriteArrayList<>();

  /**
   * Starts one.
   *
   * @param directory holds its configuration and logs; {@code @DIR@} in the text stands for it
   * @param programs the configuration less [supervisord]
   */
  public static RunningEngine start(Path directory, String programs) {
    return start(directory, programs, source -> source);
  }

  /** As {@link #start(Path, String)}, with what reads the configuration anew in a wrapping. */
  static RunningEngine start(
      Path directory, String programs, UnaryOperator<ConfigSource> wrapping) {
    return new RunningEngine(directory, programs, wrapping);
  }

  private RunningEngine(Path directory, String programs, UnaryOperator<ConfigSource> wrapping) {
    this.directory = directory;
    try {
      configure(programs);
      ConfigSource source =
          new ConfigFile(
              directory.resolve("supervisord.conf").toString(),
              Overrides.none(),
              Host.ofThisProcess());
      Configuration configuration = source.load();
      log = ActivityLog.open(ActivityLog.Settings.of(configuration.supervisord()));
      options = new EngineOptions(wrapping.apply(source), configuration, log, c -> {}, false);
      engine = Engine.start(options);
    } catch (ConfigException | PosixException e) {
      throw new IllegalArgumentException(e);
    }
    engine.subscribe(events::add);
  }

  /** Replaces the configuration file; nothing reads it until asked to. */
  public void configure(String programs) {
    String text =
        """
        [supervisord]
        nodaemon=true
        silent=true
        logfile=@DIR@/supervisord.log
        loglevel=debug
        pidfile=@DIR@/supervisord.pid
        childlogdir=@DIR@
        """;
    try {
      Files.writeString(
          directory.resolve("supervisord.conf"),
          (text + programs).replace("@DIR@", directory.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The engine. */
  public Engine engine() {
    return engine;
  }

  /** Another engine of the same configuration and log, which has not begun. */
  Engine another() throws PosixException {
    return new Engine(options);
  }

  /** Every event so far but those of the first moments of the start. */
  public List<Event> events() {
    return events;
  }

  /** The process as it is now. */
  public ProcessInfo info(String name) {
    return engine.process(name);
  }

  /** Waits until the process is in that state. */
  public ProcessInfo awaitState(String name, ProcessState state) {
    await(name + " " + state)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> info(name).state() == state);
    return info(name);
  }

  /** Waits for the answer to a command; a refusal is thrown as what it is. */
  public static <T> T response(CompletionStage<T> command) {
    try {
      return command.toCompletableFuture().orTimeout(PATIENCE.toSeconds(), SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SupervisorException refused) {
        throw refused;
      }
      throw e;
    }
  }

  /**
   * Waits until the activity log contains each of {@code texts}: it is written by a thread of its
   * own.
   */
  public void awaitLogged(String... texts) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(log()).contains(texts));
  }

  /** The activity log so far. */
  public String log() {
    try {
      return Files.readString(directory.resolve("supervisord.log"), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end; throws what it ended with. */
  public void awaitStopped() {
    engine.stopped().toCompletableFuture().orTimeout(PATIENCE.toSeconds(), SECONDS).join();
  }

  @Override
  public void close() {
    if (engine.state() != SupervisorState.SHUTDOWN) {
      engine.shutdown();
    }
    try {
      awaitStopped();
    } finally {
      log.close();
    }
    assertThat(log()).as("files looked at").doesNotContain(" on supervisor-control");
  }
}

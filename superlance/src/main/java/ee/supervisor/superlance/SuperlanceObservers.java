package ee.supervisor.superlance;

import ee.supervisor.config.LogLevel;
import ee.supervisor.control.Handover;
import ee.supervisor.control.Supervisor;
import ee.supervisor.event.Event;
import ee.supervisor.listener.EventRelay;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs watchers inside supervisord's own JVM, as observers of its CDI events: without a process, a
 * protocol or XML-RPC. Which ones, the file says that the system property {@value #PROPERTY} or the
 * environment variable {@value #VARIABLE} names; without it there are none.
 */
@ApplicationScoped
public class SuperlanceObservers {
  /** System property that names the file, one watcher's command line a line. */
  public static final String PROPERTY = "supervisor.superlance";

  /** Environment variable that names the file if the property does not. */
  public static final String VARIABLE = "SUPERVISOR_SUPERLANCE";

  private static final System.Logger LOG = System.getLogger(SuperlanceObservers.class.getName());

  /** Events kept for a watcher that is busy, with a mail server that hangs perhaps. */
  private static final int CAPACITY = 1000;

  private final Optional<Path> file;
  private final Supplier<Optional<Supervisor>> supervisor;
  private List<EventRelay> relays = List.of();

  /** The observers of the running supervisor. */
  public SuperlanceObservers() {
    this(
        Optional.ofNullable(System.getProperty(PROPERTY, System.getenv(VARIABLE))).map(Path::of),
        Handover::current);
  }

  SuperlanceObservers(Optional<Path> file, Supplier<Optional<Supervisor>> supervisor) {
    this.file = file;
    this.supervisor = supervisor;
  }

  /** Reads the file; what is wrong with it is logged, and then there are no watchers. */
  @PostConstruct
  void begin() {
    if (file.isEmpty()) {
      return;
    }
    WatcherContext context =
        new WatcherContext(
            new LocalProcesses(supervisor),
            new Timestamps(Clock.system(ZoneId.systemDefault())),
            line -> LOG.log(System.Logger.Level.INFO, line));
    try {
      relays =
          WatcherFile.read(file.get(), context).stream().map(SuperlanceObservers::relay).toList();
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(System.Logger.Level.ERROR, "superlance: no watchers run: {0}", e.toString());
    }
  }

  /** Hears an event and hands it on: each watcher takes its time on a thread of its own. */
  void hear(@Observes Event event) {
    relays.forEach(relay -> relay.accept(event));
  }

  @PreDestroy
  void end() {
    relays.forEach(EventRelay::close);
  }

  private static EventRelay relay(NamedWatcher named) {
    return new EventRelay(
        named.name(),
        CAPACITY,
        event -> hear(named.watcher(), event),
        (level, message) -> LOG.log(systemLevel(level), message),
        task -> new Thread(task, "superlance-" + named.name()));
  }

  private static void hear(Watcher watcher, Event event) {
    try {
      watcher.hear(Notice.of(event));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static System.Logger.Level systemLevel(LogLevel level) {
    return switch (level) {
      case CRIT, ERRO -> System.Logger.Level.ERROR;
      case WARN -> System.Logger.Level.WARNING;
      case INFO -> System.Logger.Level.INFO;
      case DEBG, TRAC, BLAT -> System.Logger.Level.DEBUG;
    };
  }
}

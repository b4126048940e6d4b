package ee.supervisor.control;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.event.Event;
import ee.supervisor.event.EventBus;
import ee.supervisor.event.EventType;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.event.Ticks;
import ee.supervisor.posix.PosixException;
import ee.supervisor.process.GroupAssembly;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessGroup;
import ee.supervisor.process.ProcessTable;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What supervisord is doing: RUNNING with a configuration and its active groups, on its way down,
 * or on its way to the next configuration. Confined to the control loop; the reads are for any
 * thread.
 */
final class Generation {
  private final EngineOptions options;
  private final ControlLoop loop;
  private final Executor background;
  private final LoopServices services;
  private final ProcessTable table = new ProcessTable();
  private final List<Consumer<Event>> subscribers = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile Configuration configuration;
  private volatile SupervisorState state = SupervisorState.RUNNING;
  private final GroupAssembly assembly;
  private final Measurements measurements;
  private Ticks ticks = new Ticks(Instant.now());
  private boolean stopping;

  Generation(EngineOptions options, ControlLoop loop, Executor background) throws PosixException {
    this.options = options;
    this.loop = loop;
    this.background = background;
    this.configuration = options.initial();
    this.services = new LoopServices(options, loop, this);
    this.assembly = new GroupAssembly(services);
    this.measurements = new Measurements(Instant.now(), services.reactionTimes(), table);
  }

  SupervisorState state() {
    return state;
  }

  Configuration configuration() {
    return configuration;
  }

  ProcessTable table() {
    return table;
  }

  Measurements measurements() {
    return measurements;
  }

  EventBus events() {
    return services.events();
  }

  CompletionStage<Void> started() {
    return started.minimalCompletionStage();
  }

  CompletionStage<Void> stopped() {
    return stopped.minimalCompletionStage();
  }

  AutoCloseable subscribe(Consumer<Event> listener) {
    subscribers.add(listener);
    return () -> subscribers.remove(listener);
  }

  /** Begins with the first configuration; {@code begun} is told how that went. */
  void begin(CompletableFuture<Void> begun) {
    try {
      activateFirst();
      begun.complete(null);
    } catch (RuntimeException e) {
      end(e);
      begun.completeExceptionally(e);
    }
  }

  private void activateFirst() {
    events().subscribe(EventType.EVENT, this::tellSubscribers);
    activate();
    scheduleTick();
    completeWhenLaunched(started);
  }

  /** One that throws must not keep the event from the next. */
  private void tellSubscribers(Event event) {
    for (Consumer<Event> subscriber : subscribers) {
      try {
        subscriber.accept(event);
      } catch (RuntimeException e) {
        options.log().critical("a subscriber failed on " + event + ": " + e);
      }
    }
  }

  /** Makes every group of the configuration active, then starts what is to start. */
  private void activate() {
    state = SupervisorState.RUNNING;
    stopping = false;
    configuration.groups().stream().filter(g -> table.group(g.name()).isEmpty()).forEach(this::add);
    events().publish(new Event.SupervisorStateChanged(true));
    table.byPriority().forEach(ProcessGroup::autostart);
  }

  private void completeWhenLaunched(CompletableFuture<Void> done) {
    List<ManagedProcess> launching =
        table.processesByPriority().stream().filter(ManagedProcess::isLaunching).toList();
    CompletableFuture<?>[] launches =
        launching.stream()
            .map(
                p -> {
                  CompletableFuture<Void> launched = new CompletableFuture<>();
                  p.watch(q -> q.isLaunching() || !launched.complete(null));
                  return launched;
                })
            .toArray(CompletableFuture[]::new);
    CompletionStage<Void> all = CompletableFuture.allOf(launches);
    all.thenRunAsync(() -> done.complete(null), background);
  }

  /** Makes a group active; none of its processes is started. */
  ProcessGroup add(GroupConfig config) {
    ProcessGroup group = assembly.assemble(config);
    table.add(group);
    events().publish(new Event.GroupAdded(config.name()));
    return group;
  }

  /** Makes a stopped group inactive. */
  void remove(ProcessGroup group) {
    group.close();
    table.remove(group.name());
    events().publish(new Event.GroupRemoved(group.name()));
  }

  /** Takes on a configuration; what is active stays as it is. */
  void adopt(Configuration next) {
    configuration = next;
  }

  private void scheduleTick() {
    services.schedule(
        Ticks.untilNext(Instant.now()),
        () -> {
          Instant now = Instant.now();
          ticks.due(now).forEach(events()::publish);
          ticks = new Ticks(now);
          scheduleTick();
        });
  }

  void shutdown() {
    state = SupervisorState.SHUTDOWN;
    stopAll();
  }

  void restart() {
    if (state == SupervisorState.RUNNING) {
      state = SupervisorState.RESTARTING;
      stopAll();
    }
  }

  private void stopAll() {
    if (!stopping) {
      stopping = true;
      events().publish(new Event.SupervisorStateChanged(false));
      new ShutdownSequence(table, services, this::allStopped).begin();
    }
  }

  private void allStopped() {
    table.groups().forEach(ProcessGroup::close);
    table.clear();
    if (state == SupervisorState.SHUTDOWN) {
      end(null);
    } else {
      CompletionStage<Configuration> next = CompletableFuture.supplyAsync(this::load, background);
      next.whenCompleteAsync(this::beginAgain, loop);
    }
  }

  private Configuration load() {
    try {
      return options.read();
    } catch (ConfigException e) {
      throw new CompletionException(e);
    }
  }

  private void beginAgain(Configuration next, Throwable error) {
    if (error != null) {
      end(error instanceof CompletionException ? error.getCause() : error);
    } else if (state == SupervisorState.SHUTDOWN) {
      end(null);
    } else {
      try {
        adopt(next);
        options.onRestart().accept(next);
        activate();
      } catch (RuntimeException e) {
        end(e);
      }
    }
  }

  private void end(Throwable error) {
    services.close();
    loop.close();
    background.execute(
        () -> {
          if (error == null) {
            stopped.complete(null);
          } else {
            stopped.completeExceptionally(error);
          }
        });
  }

  void reapOrphans() {
    services.reapOrphans();
  }
}

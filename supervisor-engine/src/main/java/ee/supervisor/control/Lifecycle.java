package ee.supervisor.control;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.event.Event;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.listener.EventBus;
import ee.supervisor.listener.Ticks;
import ee.supervisor.posix.Child;
import ee.supervisor.posix.PosixException;
import ee.supervisor.process.ChildProcess;
import ee.supervisor.process.Dependencies;
import ee.supervisor.process.GroupAssembly;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessGroup;
import ee.supervisor.process.ProcessTable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * What supervisord is doing: RUNNING with a configuration and its active groups, on its way down,
 * or on its way to the next configuration. Confined to the control loop; the reads are for any
 * thread.
 */
final class Lifecycle {
  private static final Duration AUDIT_INTERVAL = Duration.ofSeconds(30);

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
  private final Dependencies dependencies;
  private final ExitWatch exitWatch;
  private final Upkeep upkeep;
  private final ChangedFiles changedFiles;
  private final GroupAssembly assembly;
  private final Measurements measurements;
  private volatile StartUpWatch startUp = new StartUpWatch(List.of());
  private Ticks ticks = new Ticks(Instant.now());
  private boolean stopping;
  private long auditedNanos = System.nanoTime();

  /** The children of processes in state UNKNOWN: they go on, as signals to them are refused. */
  private final Set<Child> unstoppable = new HashSet<>();

  /** Why it ends, if not because it was asked to. */
  private Throwable failure;

  Lifecycle(EngineOptions options, ControlLoop loop) throws PosixException {
    this.options = options;
    this.loop = loop;
    this.configuration = options.initial();
    this.services = new LoopServices(options, loop, this);
    this.background = new Background(services.guard(), this::onSpawner);
    this.dependencies = new Dependencies(table, services);
    this.exitWatch = new ExitWatch(table, services, this::shutdownInTurn);
    this.upkeep = new Upkeep(table, services, background, dependencies::restart);
    this.changedFiles = new ChangedFiles(table, services, dependencies::restart);
    this.assembly = new GroupAssembly(services);
    this.measurements = new Measurements(Instant.now(), services.reactionTimes(), table);
  }

  private void onSpawner(Runnable task) {
    services.spawner().call(Executors.callable(task));
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

  /** Who waits for whom. */
  Dependencies dependencies() {
    return dependencies;
  }

  /** Ends supervisord with a program. */
  ExitWatch exitWatch() {
    return exitWatch;
  }

  private void shutdownInTurn() {
    loop.execute(this::shutdown);
  }

  Measurements measurements() {
    return measurements;
  }

  /** How the last start of all that starts with supervisord went. */
  StartUp startUp() {
    return startUp.startUp();
  }

  /** For what is not for the control loop. */
  Executor background() {
    return background;
  }

  /** Stops all children without the control loop. */
  EmergencyStop emergencyStop() {
    return new EmergencyStop(
        table, dependencies.latestGraph(), services.spawner(), options.log(), services.guard());
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

  /**
   * Gets what the groups of a configuration take from files. Not on the control loop.
   *
   * @throws RuntimeException for the operator, when something cannot be had
   */
  List<GroupAssembly.Parts> prepare(Configuration next) {
    return next.groups().stream().map(g -> prepare(g, next)).toList();
  }

  /** As {@link #prepare(Configuration)}, for one group of it. */
  GroupAssembly.Parts prepare(GroupConfig group, Configuration of) {
    return assembly.prepare(group, of.supervisord());
  }

  /** Begins with the first configuration; {@code begun} is completed with how that went. */
  void begin(CompletableFuture<List<GroupAssembly.Parts>> parts, CompletableFuture<Void> begun) {
    try {
      events().subscribeToAll(this::tellSubscribers);
      activate(cause(parts));
      scheduleTick();
      completeWhenLaunched(started);
      begun.complete(null);
    } catch (Throwable thrown) {
      end(thrown);
      begun.completeExceptionally(thrown);
    }
  }

  /** What was prepared; throws what prevented that. */
  private static List<GroupAssembly.Parts> cause(CompletableFuture<List<GroupAssembly.Parts>> parts)
      throws Throwable {
    try {
      return parts.join();
    } catch (CompletionException e) {
      throw e.getCause();
    }
  }

  /** One that throws must not keep the event from the next. */
  private void tellSubscribers(Event event) {
    for (Consumer<Event> subscriber : subscribers) {
      try {
        subscriber.accept(event);
      } catch (Throwable thrown) {
        services.guard().report("a subscriber to ", event.eventType(), thrown);
      }
    }
  }

  /** Makes every group of the configuration active, then starts what is to start. */
  private void activate(List<GroupAssembly.Parts> parts) {
    state = SupervisorState.RUNNING;
    stopping = false;
    parts.forEach(this::add);
    dependencies.tableChanged();
    startUp = new StartUpWatch(table.processesByPriority());
    events().publish(new Event.SupervisorStateChanged(true));
    table.byPriority().forEach(this::autostart);
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
  ProcessGroup add(GroupAssembly.Parts parts) {
    ProcessGroup group = assembly.assemble(parts);
    table.add(group);
    dependencies.tableChanged();
    events().publish(new Event.GroupAdded(group.name()));
    return group;
  }

  /** Starts what of an active group starts with supervisord. */
  void autostart(ProcessGroup group) {
    group.autostart(services.guard());
    upkeep.begin();
    changedFiles.begin();
  }

  /** As {@link #prepare(GroupConfig, Configuration)}, for processes that come into a group. */
  GroupAssembly.Parts prepareNewcomers(GroupConfig newcomers, Configuration of) {
    return assembly.prepareNewcomers(newcomers, of.supervisord());
  }

  /** The processes of {@code parts}, for a successor of an active group. */
  List<ManagedProcess> newcomers(ProcessGroup group, GroupAssembly.Parts parts) {
    return assembly.newcomers(group, parts);
  }

  /**
   * Has an active group give way to one of other processes; those that are in the latter no more
   * have stopped.
   */
  ProcessGroup replace(ProcessGroup group, GroupConfig config, List<ManagedProcess> members) {
    ProcessGroup successor = assembly.successor(group, config, members);
    for (ManagedProcess process : group.byPriority()) {
      if (!members.contains(process)) {
        dependencies.forget(process);
        process.retire();
      }
    }
    table.replace(successor);
    dependencies.tableChanged();
    return successor;
  }

  /** Tells that a group has other processes now, in the events that listeners know. */
  void tellReplaced(ProcessGroup group) {
    events().publish(new Event.GroupRemoved(group.name()));
    events().publish(new Event.GroupAdded(group.name()));
  }

  /**
   * Starts processes that have come into an active group.
   *
   * @param names those of the newcomers
   * @param ran those whose predecessors ran: they are started though they do not start by
   *     themselves
   */
  void startNewcomers(ProcessGroup group, Set<String> names, Set<String> ran) {
    group.autostart(names, services.guard());
    group.byPriority().stream()
        .filter(process -> ran.contains(process.config().name()))
        .filter(process -> !process.config().start().automatic())
        .forEach(process -> services.guard().run(process, () -> dependencies.start(process)));
    upkeep.begin();
    changedFiles.begin();
  }

  /** Makes a stopped group inactive. */
  void remove(ProcessGroup group) {
    group.byPriority().forEach(dependencies::forget);
    group.close();
    table.remove(group.name());
    dependencies.tableChanged();
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
          try {
            Instant now = Instant.now();
            Ticks passed = ticks;
            ticks = new Ticks(now);
            passed.due(now).forEach(events()::publish);
            audit();
          } finally {
            scheduleTick();
          }
        });
  }

  private void audit() {
    if (System.nanoTime() - auditedNanos >= AUDIT_INTERVAL.toNanos()) {
      auditedNanos = System.nanoTime();
      for (ProcessGroup group : table.byPriority()) {
        group.audit(services.guard());
      }
    }
  }

  void shutdown() {
    state = SupervisorState.SHUTDOWN;
    stopAll();
  }

  /** Shuts down, and ends with an error: a part without which nothing can go on has broken. */
  void shutdownBecause(String part, Throwable broken) {
    options.log().critical(part + " cannot go on, stopping all processes: " + broken);
    failure = new BrokenEngineException(part, broken);
    shutdown();
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
      new ShutdownSequence(table, services, dependencies, this::allStopped).begin();
    }
  }

  private void allStopped() {
    table.processesByPriority().stream()
        .flatMap(process -> process.child().stream())
        .map(ChildProcess::handle)
        .forEach(unstoppable::add);
    for (ProcessGroup group : table.groups()) {
      services.guard().run(group.name(), group::close);
    }
    table.clear();
    dependencies.tableChanged();
    if (state == SupervisorState.SHUTDOWN) {
      end(failure);
    } else {
      CompletionStage<List<GroupAssembly.Parts>> next =
          CompletableFuture.supplyAsync(this::load, background)
              .thenApplyAsync(this::adoptForRestart, loop)
              .thenApplyAsync(this::prepareForRestart, background);
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

  private Configuration adoptForRestart(Configuration next) {
    adopt(next);
    return next;
  }

  private List<GroupAssembly.Parts> prepareForRestart(Configuration next) {
    options.onRestart().accept(next);
    return prepare(next);
  }

  private void beginAgain(List<GroupAssembly.Parts> parts, Throwable error) {
    if (state == SupervisorState.SHUTDOWN) {
      end(failure);
    } else if (error != null) {
      end(error instanceof CompletionException ? error.getCause() : error);
    } else {
      try {
        activate(parts);
      } catch (Throwable thrown) {
        end(thrown);
      }
    }
  }

  private void end(Throwable error) {
    failure = error;
    services.endChecks();
    Stragglers stragglers = new Stragglers(services, unstoppable, this::endLoop);
    if (!services.guard().run("the last children", stragglers::end)) {
      endLoop();
    }
  }

  private void endLoop() {
    services.close();
    loop.close();
  }

  /** The loop has ended: notifies whoever waits for that, on this thread. */
  void complete() {
    complete(failure);
  }

  /** As {@link #complete()}, when there is no loop that could have ended. */
  void complete(Throwable error) {
    if (error == null) {
      stopped.complete(null);
    } else {
      stopped.completeExceptionally(error);
    }
  }

  /** SIGCHLD came. */
  void childSignalled() {
    services.childSignalled();
  }
}

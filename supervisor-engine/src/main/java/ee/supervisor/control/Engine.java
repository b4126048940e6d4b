package ee.supervisor.control;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.event.Event;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.guard.Guard;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.output.LogException;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.PosixException;
import ee.supervisor.process.DependencyLink;
import ee.supervisor.process.GroupAssembly;
import ee.supervisor.process.GroupInfo;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessGroup;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;
import ee.supervisor.text.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The running supervisor: carries each request of a door to the control loop and the response back,
 * so that nothing a door does can hold the loop up.
 */
public final class Engine implements Supervisor {
  /** How long a signal to end waits for the control loop. */
  private static final Duration LOOP_PATIENCE = Duration.ofSeconds(10);

  private final EngineOptions options;
  private final Lifecycle lifecycle;
  private final ControlLoop loop;
  private final ProcessCommands commands;
  private final RollingRestarts rolls;
  private final Guard guard;
  private final DueResponses responses;
  private final CompletableFuture<List<GroupAssembly.Parts>> parts = new CompletableFuture<>();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final AtomicBoolean emergency = new AtomicBoolean();

  /** The update that is being made, if one is; confined to the control loop. */
  private Optional<ReplacementOrder> updating = Optional.empty();

  /**
   * Makes one that does nothing before {@link #begin}; what is asked of it waits until then.
   *
   * @throws PosixException when the kernel lacks what supervision needs (epoll), or descriptors
   */
  public Engine(EngineOptions options) throws PosixException {
    this.options = options;
    this.guard = new Guard(options.log()::critical);
    this.loop = new ControlLoop(guard, this::loopEnded);
    this.lifecycle = makeLifecycle();
    this.responses = new DueResponses(lifecycle.background(), guard);
    this.commands =
        new ProcessCommands(
            lifecycle.table(), loop, lifecycle.dependencies(), this::requireRunning, options.log());
    this.rolls = new RollingRestarts(commands, loop, this::requireRunning, options.log());
    // First of all: what is asked of it before it begins comes after that.
    loop.execute(() -> lifecycle.begin(parts, begun));
  }

  private Lifecycle makeLifecycle() throws PosixException {
    boolean made = false;
    try {
      Lifecycle first = new Lifecycle(options, loop);
      made = true;
      return first;
    } finally {
      if (!made) {
        loop.abandon();
      }
    }
  }

  /**
   * Starts the control loop and, on it, every program that starts with supervisord. Returns when
   * the groups are active; their children are on their way, see {@link #started()}.
   *
   * @throws IllegalStateException for the operator, when a group cannot be made (FastCGI's socket)
   * @throws PosixException as the constructor
   */
  public static Engine start(EngineOptions options) throws PosixException {
    Engine engine = new Engine(options);
    engine.begin();
    return engine;
  }

  /** Begins, once, what {@link #start} says, and throws what that does. */
  public void begin() {
    try {
      // Here rather than on the loop, which looks at no files.
      parts.complete(lifecycle.prepare(options.initial()));
    } catch (Throwable thrown) {
      parts.completeExceptionally(thrown);
    }
    if (!emergency.get()) {
      loop.start();
    }
    try {
      begun.join();
    } catch (CompletionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }

  /** Completes once supervisord was asked to shut down and every process has stopped. */
  public CompletionStage<Void> stopped() {
    return lifecycle.stopped();
  }

  /** Completes once the programs that start with supervisord were started: children exist. */
  public CompletionStage<Void> started() {
    return lifecycle.started();
  }

  @Override
  public CompletionStage<Void> ping() {
    return submit(pong -> pong.deliver(null));
  }

  /**
   * Stops all processes, then supervisord, whatever it is doing: a signal is obeyed where a door's
   * request is refused, on the way to a restart too. Returns when that has begun; if the control
   * loop does not take it in time, when all has been stopped without it.
   */
  public void terminate() {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    try {
      loop.execute(
          () -> {
            taken.complete(null);
            if (!guard.run("the way down", lifecycle::shutdown)) {
              emergencyStop("the way down", new IllegalStateException("it cannot be begun"));
            }
          });
      taken.get(LOOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The loop has ended: either all has been stopped, or its thread does that on its way out.
    } catch (TimeoutException late) {
      emergencyStop(
          "the control loop",
          new TimeoutException(
              "it has not taken a signal to end within " + LOOP_PATIENCE.toSeconds() + " s"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable thrown) {
      emergencyStop("the control loop", thrown);
    }
  }

  /** On the loop's thread, when it has ended. */
  private void loopEnded(Optional<Throwable> broken) {
    broken.ifPresent(why -> emergencyStop("the control loop", why));
    responses.refuseAll();
    lifecycle.complete();
  }

  private void emergencyStop(String part, Throwable why) {
    if (emergency.compareAndSet(false, true)) {
      BrokenEngineException failure = new BrokenEngineException(part, why);
      guard.run(
          part,
          () ->
              options.log().critical(failure.getMessage() + "; stopping all processes without it"));
      lifecycle.emergencyStop().run();
      begun.completeExceptionally(failure);
      lifecycle.complete(failure);
    }
  }

  @Override
  public ActivityLog log() {
    return options.log();
  }

  /** SIGCHLD came: logs that in its place, and as process 1 reaps what is not supervisord's own. */
  public void childSignalled() {
    submit(
        response -> {
          lifecycle.childSignalled();
          response.deliver(null);
        });
  }

  @Override
  public SupervisorState state() {
    return lifecycle.state();
  }

  @Override
  public Configuration configuration() {
    return lifecycle.configuration();
  }

  @Override
  public List<GroupInfo> groups() {
    return lifecycle.table().byPriority().stream().map(Engine::groupInfo).toList();
  }

  private static GroupInfo groupInfo(ProcessGroup group) {
    return new GroupInfo(
        group.config(),
        group.byPriority().stream().map(ManagedProcess::info).toList(),
        group.pool());
  }

  @Override
  public List<ProcessInfo> processes() {
    return lifecycle.table().processesByName().stream().map(ManagedProcess::info).toList();
  }

  @Override
  public ProcessInfo process(String name) {
    return lifecycle
        .table()
        .find(Namespec.parse(name).group(), Namespec.parse(name).process().orElse(""))
        .map(ManagedProcess::info)
        .orElseThrow(() -> new SupervisorException(Fault.BAD_NAME, name));
  }

  @Override
  public Measurements measurements() {
    return lifecycle.measurements();
  }

  @Override
  public int pid() {
    return CurrentProcess.pid();
  }

  @Override
  public Optional<Path> logfile() {
    return options.log().file();
  }

  @Override
  public CompletionStage<Void> shutdown() {
    return command(() -> done(lifecycle::shutdown));
  }

  @Override
  public CompletionStage<Void> restart() {
    return command(() -> done(lifecycle::restart));
  }

  @Override
  public CompletionStage<ConfigChanges> reloadConfig() {
    return reloadConfig(UpdateOptions.ALL);
  }

  private CompletionStage<ConfigChanges> reloadConfig(UpdateOptions of) {
    return command(
        () ->
            CompletableFuture.supplyAsync(this::load, lifecycle.background())
                .thenApplyAsync(
                    next -> {
                      lifecycle.adopt(next);
                      beginUpdate(of);
                      return changes(lifecycle.table().groups());
                    },
                    loop));
  }

  /** An update may follow, whose steps are commands of their own. */
  private void beginUpdate(UpdateOptions of) {
    if (updating.filter(ReplacementOrder::isBusy).isEmpty()) {
      endUpdate();
      if (lifecycle.dependencies().areThere()) {
        updating =
            Optional.of(
                new ReplacementOrder(
                    lifecycle.table(),
                    lifecycle.dependencies(),
                    loop,
                    lifecycle::configuration,
                    of));
      }
    }
  }

  private void endUpdate() {
    Optional<ReplacementOrder> ended = updating;
    updating = Optional.empty();
    ended.ifPresent(ReplacementOrder::end);
  }

  /** Carries out what may be a step of an update. */
  private <T> CompletionStage<T> step(Supplier<? extends CompletionStage<T>> body) {
    return command(() -> updating.isPresent() ? updating.get().step(body) : body.get());
  }

  @Override
  public ConfigChanges pendingChanges() {
    return changes(lifecycle.table().byPriority());
  }

  private ConfigChanges changes(Collection<ProcessGroup> active) {
    return ConfigDiff.between(
        configuration().groups(), active.stream().map(ProcessGroup::config).toList());
  }

  @Override
  public CompletionStage<ConfigChanges> update(UpdateOptions options) {
    ConfigUpdate update =
        new ConfigUpdate(
            group -> stopGroup(group, true),
            this::removeGroup,
            this::addGroup,
            group -> updateGroup(group, options.onlyChanged()));
    return reloadConfig(options)
        .thenCompose(
            all -> {
              requireKnown(options.groups());
              ConfigChanges changes = all.within(options);
              return update.follow(changes).thenApply(done -> changes);
            })
        .whenComplete(
            (done, error) ->
                submit(
                    ended -> {
                      endUpdate();
                      ended.deliver(null);
                    }));
  }

  private void requireKnown(List<String> groups) {
    for (String group : groups) {
      if (configured(group).isEmpty()
          && lifecycle.table().byPriority().stream().noneMatch(g -> g.name().equals(group))) {
        throw new SupervisorException(Fault.BAD_NAME, group);
      }
    }
  }

  @Override
  public CompletionStage<List<ProcessResult>> updateGroup(String group, boolean onlyChanged) {
    CompletionStage<Optional<List<ProcessResult>>> inPlace =
        step(
            () -> {
              updating.ifPresent(order -> order.onlyChanged(onlyChanged));
              return updateInPlace(group, onlyChanged);
            });
    return inPlace.thenCompose(
        done ->
            done.isPresent()
                ? CompletableFuture.completedStage(done.get())
                : new ConfigUpdate(name -> stopGroup(name, true), this::removeGroup, this::addGroup)
                    .replace(group)
                    .thenApply(replaced -> List.of()));
  }

  /** Empty when the group has to be replaced as a whole. */
  private CompletionStage<Optional<List<ProcessResult>>> updateInPlace(
      String name, boolean onlyChanged) {
    ProcessGroup group =
        lifecycle
            .table()
            .group(name)
            .orElseThrow(() -> new SupervisorException(Fault.BAD_NAME, name));
    GroupConfig wanted =
        configured(name).orElseThrow(() -> new SupervisorException(Fault.BAD_NAME, name));
    if (!GroupDiff.isInPlace(group.config(), wanted, onlyChanged)) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return new GroupUpdate(
            lifecycle, commands, rolls, loop, this::requireRunning, updating, group, wanted)
        .run()
        .thenApply(Optional::of);
  }

  private Optional<GroupConfig> configured(String group) {
    return configuration().groups().stream().filter(g -> g.name().equals(group)).findFirst();
  }

  @Override
  public CompletionStage<UpdatePlan> plan(UpdateOptions options) {
    return command(
        () ->
            CompletableFuture.supplyAsync(this::load, lifecycle.background())
                .thenApplyAsync(
                    next -> UpdatePlanner.plan(next, lifecycle.table().groups(), options), loop));
  }

  /** Reads files and looks users up: not for the control loop. */
  private Configuration load() {
    try {
      return options.read();
    } catch (ConfigException e) {
      if (!e.getMessage().equals(e.referenceMessage())) {
        // The client gets Supervisor's words; where they leave out what is wrong, the log has it.
        options.log().error("cannot reread the configuration: " + e.getMessage());
      }
      throw new SupervisorException(Fault.CANT_REREAD, e.referenceMessage());
    }
  }

  @Override
  public CompletionStage<Void> addGroup(String group) {
    return step(
        () -> {
          GroupConfig config = addable(group);
          Configuration of = lifecycle.configuration();
          return CompletableFuture.supplyAsync(
                  () -> lifecycle.prepare(config, of), lifecycle.background())
              .thenAcceptAsync(
                  parts -> {
                    addable(group);
                    requireRunning();
                    lifecycle.autostart(lifecycle.add(parts));
                  },
                  loop);
        });
  }

  private GroupConfig addable(String group) {
    GroupConfig config =
        configured(group).orElseThrow(() -> new SupervisorException(Fault.BAD_NAME, group));
    if (lifecycle.table().group(group).isPresent()) {
      throw new SupervisorException(Fault.ALREADY_ADDED, group);
    }
    return config;
  }

  @Override
  public CompletionStage<Void> removeGroup(String group) {
    return step(
        () -> {
          ProcessGroup active =
              lifecycle
                  .table()
                  .group(group)
                  .orElseThrow(() -> new SupervisorException(Fault.BAD_NAME, group));
          if (!active.unstopped().isEmpty()) {
            throw new SupervisorException(Fault.STILL_RUNNING, group);
          }
          return done(() -> lifecycle.remove(active));
        });
  }

  @Override
  public CompletionStage<Void> startProcess(String name, boolean wait) {
    return command(() -> commands.start(commands.process(name), name, wait));
  }

  @Override
  public CompletionStage<Void> startProcessAlone(String name, boolean wait) {
    return command(() -> commands.startAlone(commands.process(name), name, wait));
  }

  @Override
  public CompletionStage<List<ProcessResult>> startGroupAlone(String group, boolean wait) {
    return command(() -> commands.startEachAlone(commands.group(group), wait));
  }

  @Override
  public CompletionStage<List<ProcessResult>> stopProcessWithDependents(String name, boolean wait) {
    return command(() -> commands.stopWithDependents(List.of(commands.process(name)), wait));
  }

  @Override
  public CompletionStage<List<ProcessResult>> stopGroupWithDependents(String group, boolean wait) {
    return command(() -> commands.stopWithDependents(commands.group(group), wait));
  }

  @Override
  public List<DependencyLink> dependencies() {
    return lifecycle.dependencies().links();
  }

  @Override
  public StartUp startUp() {
    return lifecycle.startUp();
  }

  @Override
  public List<String> dependents(String name) {
    Namespec namespec = Namespec.parse(name);
    Set<String> asked =
        processes().stream()
            .filter(p -> p.group().equals(namespec.group()))
            .filter(p -> namespec.process().map(p.name()::equals).orElse(true))
            .map(p -> Namespec.of(p.group(), p.name()))
            .collect(Collectors.toSet());
    Set<String> found = DependencyLink.dependents(dependencies(), asked);
    return processes().stream()
        .filter(p -> p.state().isRunning())
        .map(p -> Namespec.of(p.group(), p.name()))
        .filter(found::contains)
        .toList();
  }

  /** With what supervisord exits because a program has ended, if it does because of that. */
  public OptionalInt exitCode() {
    return lifecycle.exitWatch().exitCode();
  }

  @Override
  public CompletionStage<List<ProcessResult>> startGroup(String group, boolean wait) {
    return command(() -> commands.startEach(commands.group(group), wait));
  }

  @Override
  public CompletionStage<List<ProcessResult>> startAll(boolean wait) {
    return command(() -> commands.startEach(lifecycle.table().processesByPriority(), wait));
  }

  @Override
  public CompletionStage<Void> stopProcess(String name, boolean wait) {
    return command(
        () -> {
          ManagedProcess process = commands.process(name);
          updating.ifPresent(order -> order.haveTheirTurn(List.of(process)));
          return commands.stop(process, name, wait);
        });
  }

  @Override
  public CompletionStage<List<ProcessResult>> stopGroup(String group, boolean wait) {
    return step(() -> stopNow(commands.group(group), wait));
  }

  private CompletionStage<List<ProcessResult>> stopNow(List<ManagedProcess> group, boolean wait) {
    if (updating.isEmpty()) {
      return commands.stopEach(group, wait);
    }
    updating.get().haveTheirTurn(group);
    return commands.stopEach(group, updating.get().withDependents(group), wait);
  }

  @Override
  public CompletionStage<List<ProcessResult>> stopAll(boolean wait) {
    return command(
        () -> {
          List<ManagedProcess> all = lifecycle.table().processesByPriority();
          updating.ifPresent(order -> order.haveTheirTurn(all));
          return commands.stopEach(all, wait);
        });
  }

  @Override
  public CompletionStage<Void> restartProcess(String name) {
    return command(() -> commands.restart(commands.process(name), name));
  }

  @Override
  public CompletionStage<List<ProcessResult>> restartGroup(String group) {
    return command(() -> commands.restartEach(commands.group(group)));
  }

  @Override
  public CompletionStage<List<ProcessResult>> restartAll() {
    return command(() -> commands.restartEach(lifecycle.table().processesByPriority()));
  }

  @Override
  public CompletionStage<RollReport> rollProcess(String name, RollOptions options) {
    return command(() -> rolls.restart(name, List.of(commands.process(name)), options));
  }

  @Override
  public CompletionStage<RollReport> rollGroup(String group, RollOptions options) {
    return command(() -> rolls.restart(group, commands.group(group), options));
  }

  @Override
  public CompletionStage<RollReport> rollAll(RollOptions options) {
    return command(() -> rolls.restart("all", lifecycle.table().processesByPriority(), options));
  }

  @Override
  public CompletionStage<Void> signalProcess(String name, String signal) {
    return command(() -> commands.signal(commands.process(name), name, signal));
  }

  @Override
  public CompletionStage<List<ProcessResult>> signalGroup(String group, String signal) {
    return command(() -> commands.signalEach(commands.group(group), signal));
  }

  @Override
  public CompletionStage<List<ProcessResult>> signalAll(String signal) {
    return command(() -> commands.signalEach(lifecycle.table().processesByPriority(), signal));
  }

  @Override
  public CompletionStage<Void> sendProcessStdin(String name, Bytes data) {
    return command(() -> commands.sendStdin(commands.process(name), name, data));
  }

  @Override
  public CompletionStage<Void> sendRemoteCommEvent(String type, Bytes data) {
    return submit(
        response -> {
          lifecycle.events().publish(new Event.RemoteCommunication(type, data));
          response.deliver(null);
        });
  }

  @Override
  public CompletionStage<Void> clearLog() {
    return command(this::clearActivityLog);
  }

  @Override
  public CompletionStage<Void> clearProcessLogs(String name) {
    return command(() -> clearLogs(commands.process(name), name));
  }

  @Override
  public CompletionStage<List<ProcessResult>> clearAllProcessLogs() {
    return command(
        () ->
            commands.forEach(
                lifecycle.table().processesByPriority(),
                p -> true,
                p -> clearLogs(p, ProcessCommands.namespec(p)),
                p -> true));
  }

  @Override
  public CompletionStage<Void> reopenLogs() {
    return command(
        () -> {
          options.log().reopen();
          lifecycle.table().processesByPriority().forEach(p -> p.launcher().reopenLogs());
          return CompletableFuture.completedFuture(null);
        });
  }

  private CompletableFuture<Void> clearActivityLog() {
    ActivityLog log = options.log();
    if (log.file().isEmpty()) {
      throw new SupervisorException(Fault.NO_FILE);
    }
    return log.clear()
        .toCompletableFuture()
        .exceptionallyCompose(error -> CompletableFuture.failedFuture(refusal(error)));
  }

  private static SupervisorException refusal(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    boolean missing =
        cause instanceof LogException refused && refused.reason() == LogException.Reason.NO_FILE;
    return new SupervisorException(missing ? Fault.NO_FILE : Fault.FAILED);
  }

  private static CompletableFuture<Void> clearLogs(ManagedProcess process, String name) {
    return process
        .launcher()
        .clearLogs()
        .toCompletableFuture()
        .exceptionallyCompose(
            error -> CompletableFuture.failedFuture(new SupervisorException(Fault.FAILED, name)));
  }

  @Override
  public AutoCloseable subscribe(Consumer<Event> listener) {
    return lifecycle.subscribe(listener);
  }

  private static CompletableFuture<Void> done(Runnable action) {
    action.run();
    return CompletableFuture.completedFuture(null);
  }

  private void requireRunning() {
    if (state() != SupervisorState.RUNNING) {
      throw new SupervisorException(Fault.SHUTDOWN_STATE);
    }
  }

  private <T> CompletionStage<T> command(Supplier<? extends CompletionStage<T>> body) {
    return submit(
        response -> {
          requireRunning();
          body.get()
              .whenComplete(
                  (value, error) -> {
                    if (error == null) {
                      response.deliver(value);
                    } else {
                      response.fail(error);
                    }
                  });
        });
  }

  /** Has the loop do something that ends in a response. */
  private <T> CompletionStage<T> submit(Consumer<DueResponses.Response<T>> task) {
    DueResponses.Response<T> response = responses.open();
    try {
      loop.execute(
          () -> {
            try {
              task.accept(response);
            } catch (Throwable thrown) {
              // Whoever asked must learn of it: a response that never comes is worse than a fault.
              response.fail(thrown);
            }
          });
    } catch (RejectedExecutionException e) {
      response.fail(new SupervisorException(Fault.SHUTDOWN_STATE));
    }
    return response.stage();
  }
}

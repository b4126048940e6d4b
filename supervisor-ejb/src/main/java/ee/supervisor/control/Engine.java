package ee.supervisor.control;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.event.Event;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.Bytes;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.PosixException;
import ee.supervisor.process.GroupInfo;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessGroup;
import ee.supervisor.process.ProcessInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The running supervisor: carries each request of a door to the control loop and its answer back,
 * so that nothing a door does can hold the loop up.
 */
public final class Engine implements Supervisor {
  private final EngineOptions options;
  private final Generation generation;
  private final ControlLoop loop;
  private final ProcessCommands commands;
  private final LogCommands logs;
  private final ExecutorService answers;

  /**
   * Makes one that does nothing before {@link #begin}; what is asked of it waits until then.
   *
   * @throws PosixException when the kernel lacks what supervision needs (epoll, pidfd: Linux 5.3)
   */
  public Engine(EngineOptions options) throws PosixException {
    this.options = options;
    this.answers = Executors.newCachedThreadPool(Engine::answerThread);
    this.loop = new ControlLoop(options.log());
    this.generation = new Generation(options, loop, answers);
    this.commands = new ProcessCommands(generation.table());
    this.logs = new LogCommands(options.log(), generation);
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
    CompletableFuture<Void> begun = new CompletableFuture<>();
    loop.execute(() -> generation.begin(begun));
    loop.start();
    try {
      begun.join();
    } catch (CompletionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }

  /** Completes once supervisord was asked to shut down and every process has stopped. */
  public CompletionStage<Void> stopped() {
    return generation.stopped();
  }

  /** Completes once the programs that start with supervisord were started: children exist. */
  public CompletionStage<Void> started() {
    return generation.started();
  }

  @Override
  public CompletionStage<Void> ping() {
    CompletableFuture<Void> pong = new CompletableFuture<>();
    submit(() -> pong.complete(null), pong);
    return pong;
  }

  /**
   * Stops all processes, then supervisord, whatever it is doing: a signal is obeyed where a door's
   * request is refused, on the way to a restart too.
   */
  public void terminate() {
    submit(generation::shutdown, new CompletableFuture<>());
  }

  @Override
  public ActivityLog log() {
    return options.log();
  }

  /** Reaps children that are not supervisord's own; for SIGCHLD when it is process 1. */
  public void reapOrphans() {
    submit(generation::reapOrphans, new CompletableFuture<>());
  }

  @Override
  public SupervisorState state() {
    return generation.state();
  }

  @Override
  public Configuration configuration() {
    return generation.configuration();
  }

  @Override
  public List<GroupInfo> groups() {
    return generation.table().byPriority().stream().map(Engine::groupInfo).toList();
  }

  private static GroupInfo groupInfo(ProcessGroup group) {
    return new GroupInfo(
        group.config(),
        group.byPriority().stream().map(ManagedProcess::info).toList(),
        group.pool());
  }

  @Override
  public List<ProcessInfo> processes() {
    return generation.table().processesByName().stream().map(ManagedProcess::info).toList();
  }

  @Override
  public ProcessInfo process(String name) {
    return generation
        .table()
        .find(Namespec.parse(name).group(), Namespec.parse(name).process().orElse(""))
        .map(ManagedProcess::info)
        .orElseThrow(() -> new SupervisorException(Fault.BAD_NAME, name));
  }

  @Override
  public Measurements measurements() {
    return generation.measurements();
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
    return command(() -> done(generation::shutdown));
  }

  @Override
  public CompletionStage<Void> restart() {
    return command(() -> done(generation::restart));
  }

  @Override
  public CompletionStage<ConfigChanges> reloadConfig() {
    return command(
        () ->
            CompletableFuture.supplyAsync(this::load, answers)
                .thenApplyAsync(
                    next -> {
                      generation.adopt(next);
                      return ConfigDiff.between(
                          next.groups(),
                          generation.table().groups().stream().map(ProcessGroup::config).toList());
                    },
                    loop));
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
    return command(
        () -> {
          GroupConfig config =
              generation.configuration().groups().stream()
                  .filter(g -> g.name().equals(group))
                  .findFirst()
                  .orElseThrow(() -> new SupervisorException(Fault.BAD_NAME, group));
          if (generation.table().group(group).isPresent()) {
            throw new SupervisorException(Fault.ALREADY_ADDED, group);
          }
          return done(() -> generation.add(config).autostart());
        });
  }

  @Override
  public CompletionStage<Void> removeGroup(String group) {
    return command(
        () -> {
          ProcessGroup active =
              generation
                  .table()
                  .group(group)
                  .orElseThrow(() -> new SupervisorException(Fault.BAD_NAME, group));
          if (!active.unstopped().isEmpty()) {
            throw new SupervisorException(Fault.STILL_RUNNING, group);
          }
          return done(() -> generation.remove(active));
        });
  }

  @Override
  public CompletionStage<Void> startProcess(String name, boolean wait) {
    return command(() -> commands.start(commands.process(name), name, wait));
  }

  @Override
  public CompletionStage<List<ProcessResult>> startGroup(String group, boolean wait) {
    return command(() -> commands.startEach(commands.group(group), wait));
  }

  @Override
  public CompletionStage<List<ProcessResult>> startAll(boolean wait) {
    return command(() -> commands.startEach(generation.table().processesByPriority(), wait));
  }

  @Override
  public CompletionStage<Void> stopProcess(String name, boolean wait) {
    return command(() -> commands.stop(commands.process(name), name, wait));
  }

  @Override
  public CompletionStage<List<ProcessResult>> stopGroup(String group, boolean wait) {
    return command(() -> commands.stopEach(commands.group(group), wait));
  }

  @Override
  public CompletionStage<List<ProcessResult>> stopAll(boolean wait) {
    return command(() -> commands.stopEach(generation.table().processesByPriority(), wait));
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
    return command(() -> commands.signalEach(generation.table().processesByPriority(), signal));
  }

  @Override
  public CompletionStage<Void> sendProcessStdin(String name, Bytes data) {
    return command(() -> commands.sendStdin(commands.process(name), name, data));
  }

  @Override
  public CompletionStage<Void> sendRemoteCommEvent(String type, Bytes data) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    submit(
        () -> {
          generation.events().publish(new Event.RemoteCommunication(type, data));
          deliver(answer, null, null);
        },
        answer);
    return answer;
  }

  @Override
  public CompletionStage<Void> clearLog() {
    return command(logs::clearLog);
  }

  @Override
  public CompletionStage<Void> clearProcessLogs(String name) {
    return command(() -> logs.clear(commands.process(name), name));
  }

  @Override
  public CompletionStage<List<ProcessResult>> clearAllProcessLogs() {
    return command(
        () ->
            commands.forEach(
                generation.table().processesByPriority(),
                p -> true,
                p -> logs.clear(p, ProcessCommands.namespec(p)),
                p -> true));
  }

  @Override
  public CompletionStage<Void> reopenLogs() {
    return command(() -> done(logs::reopenAll));
  }

  @Override
  public AutoCloseable subscribe(Consumer<Event> listener) {
    return generation.subscribe(listener);
  }

  private static CompletableFuture<Void> done(Runnable action) {
    action.run();
    return CompletableFuture.completedFuture(null);
  }

  private <T> CompletionStage<T> command(Supplier<? extends CompletionStage<T>> body) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    submit(
        () -> {
          if (state() != SupervisorState.RUNNING) {
            deliver(answer, null, new SupervisorException(Fault.SHUTDOWN_STATE));
            return;
          }
          try {
            body.get().whenComplete((value, error) -> deliver(answer, value, error));
          } catch (SupervisorException refused) {
            deliver(answer, null, refused);
          } catch (RuntimeException e) {
            // Whoever asked must hear of it: an answer that never comes is worse than a fault.
            deliver(answer, null, new SupervisorException(Fault.FAILED, e.getMessage()));
          }
        },
        answer);
    return answer;
  }

  private void submit(Runnable task, CompletableFuture<?> answer) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new SupervisorException(Fault.SHUTDOWN_STATE));
    }
  }

  /** Whoever waits goes on in a thread of its own: the loop runs nobody else's code. */
  private <T> void deliver(CompletableFuture<T> answer, T value, Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    answers.execute(
        () -> {
          if (cause == null) {
            answer.complete(value);
          } else {
            answer.completeExceptionally(cause);
          }
        });
  }

  private static Thread answerThread(Runnable task) {
    Thread thread = new Thread(task, "supervisor-answer");
    thread.setDaemon(true);
    return thread;
  }
}

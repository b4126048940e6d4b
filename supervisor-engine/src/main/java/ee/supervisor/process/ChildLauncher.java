package ee.supervisor.process;

import ee.supervisor.config.ProcessConfig;
import ee.supervisor.event.Channel;
import ee.supervisor.output.ChildStreams;
import ee.supervisor.output.OutputListener;
import ee.supervisor.output.OutputLoop;
import ee.supervisor.output.ProcessLogs;
import ee.supervisor.posix.ChildEnvironment;
import ee.supervisor.posix.CommandLine;
import ee.supervisor.posix.Errno;
import ee.supervisor.posix.Fd;
import ee.supervisor.posix.Preparation;
import ee.supervisor.posix.SpawnOrder;
import ee.supervisor.posix.SpawnRequest;
import ee.supervisor.posix.SpawnResult;
import ee.supervisor.posix.UnusableCommandException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Makes the children of one process: finds the program, composes its environment, has it spawned
 * and its output carried to the logs. Confined to the control loop, but for the names of the log
 * files. Not final, so that the model check can do without programs.
 */
public class ChildLauncher {
  private static final int ALL_PERMISSIONS = 0777;

  /** What a service manager says to supervisord itself (sd_notify(3), sd_watchdog_enabled(3)). */
  private final String group;

  private final ProcessConfig config;
  private final ProcessServices services;
  private final ProcessLogs logs;
  private final Role role;
  private final Companion companion;

  /** Where output goes that is not for the program's logs; made for the first who needs it. */
  private Optional<ProcessLogs> nowhere = Optional.empty();

  /** What is ready for the next child. */
  private Optional<Preparation> next = Optional.empty();

  /** The words of its command, once they were needed. */
  private volatile List<String> words = List.of();

  /** What kind of group a child is for: what it gets for stdin, and who hears its output. */
  interface Role {
    /**
     * The descriptor that becomes its stdin; empty for a pipe. Called before each start, on the
     * spawner's thread.
     */
    Optional<Fd> stdin() throws IOException;

    /** Who hears what the child {@code pid} says. */
    OutputListener listener(ManagedProcess process, int pid);

    /** There is a child. */
    void launched(ManagedProcess process);

    /** The child is reaped. */
    void released(ManagedProcess process);

    /** Whether {@link #stdin()} may be called for a child that is perhaps never ordered. */
    default boolean isPreparedAhead() {
      return true;
    }

    /** What {@link #stdin()} gave was for a child that was never made, or came too late. */
    default void unused() {}
  }

  ChildLauncher(
      String group,
      ProcessConfig config,
      ProcessServices services,
      ProcessLogs logs,
      Role role,
      Companion companion) {
    this.group = group;
    this.config = config;
    this.services = services;
    this.logs = logs;
    this.role = role;
    this.companion = companion;
  }

  /** The file its stdout goes to, AUTO resolved, if any; from any thread. */
  Optional<Path> stdoutLogfile() {
    return logs.stdoutFile();
  }

  /** The file its stderr goes to, if any; from any thread. */
  Optional<Path> stderrLogfile() {
    return logs.stderrFile();
  }

  /** Bytes of its stdout written to the log file so far; from any thread. */
  long stdoutBytesWritten() {
    return logs.bytesWritten(Channel.STDOUT);
  }

  /** Bytes of its stderr written to the log file so far; from any thread. */
  long stderrBytesWritten() {
    return logs.bytesWritten(Channel.STDERR);
  }

  /** The configuration of its process. */
  public ProcessConfig config() {
    return config;
  }

  /** The file of its command, if there is one that can be executed; looks at files. */
  public Optional<Path> commandFile() {
    try {
      Path file = Path.of(CommandLine.resolve(config.command(), path()).file());
      return Optional.of(
          config.execution().directory().map(Path::of).map(dir -> dir.resolve(file)).orElse(file));
    } catch (UnusableCommandException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Optional<String> path() {
    return Optional.ofNullable(config.execution().environment().get("PATH"));
  }

  /**
   * Why its command cannot be run, if so: no such file, not executable, no command at all.
   *
   * @return completes on the control loop, for files are looked at elsewhere
   */
  public CompletionStage<Optional<UnusableCommandException>> check() {
    Impatience impatience = new Impatience(services);
    return services
        .spawner()
        .call(this::problem)
        .whenCompleteAsync((problem, error) -> impatience.end(), services.loop());
  }

  private Optional<UnusableCommandException> problem() {
    try {
      resolve();
      return Optional.empty();
    } catch (UnusableCommandException e) {
      return Optional.of(e);
    }
  }

  private CommandLine resolve() throws UnusableCommandException {
    List<String> argv = words;
    if (argv.isEmpty()) {
      argv = CommandLine.split(config.command());
      words = argv;
    }
    return resolve(argv);
  }

  private CommandLine resolve(List<String> argv) throws UnusableCommandException {
    return CommandLine.resolve(argv, path());
  }

  /**
   * Starts a child. Exactly one of the two is called, later or before this returns, whatever goes
   * wrong.
   *
   * @param launched gets the child
   * @param failed gets the reason in Supervisor's words
   */
  void launch(ManagedProcess process, Consumer<ChildProcess> launched, Consumer<String> failed) {
    Impatience impatience = new Impatience(services);
    // Of now: a restart may read another configuration before the spawner gets to it.
    Optional<String> serverurl = serverurl();
    SpawnOrder order = () -> request(resolve(), serverurl);
    Consumer<SpawnResult> made =
        result -> {
          impatience.end();
          if (result instanceof SpawnResult.Spawned spawned) {
            handOver(process, spawned, launched, failed);
          } else {
            notUsed();
            failed.accept(describe(result));
          }
        };
    if (next.isPresent()) {
      Preparation ready = next.get();
      next = Optional.empty();
      services.spawner().spawn(ready, order, services.loop(), made);
    } else {
      services.spawner().spawn(order, services.loop(), made);
    }
  }

  private Optional<String> serverurl() {
    return config.execution().serverurl().or(() -> services.settings().serverurl());
  }

  /**
   * A child has ended and another is likely to take its place: makes ready what that will need,
   * while the last output is logged. To be followed by {@link #launch} or {@link #forgetNext}.
   */
  void prepareNext() {
    if (next.isEmpty() && companion == Companion.NONE && role.isPreparedAhead()) {
      Optional<String> serverurl = serverurl();
      next = Optional.of(services.spawner().prepare(() -> request(resolve(), serverurl)));
    }
  }

  /** There is no other child to take the place. */
  void forgetNext() {
    next.ifPresent(ready -> services.spawner().discard(ready));
    next = Optional.empty();
  }

  /** A child whose output cannot be taken must not run. */
  private void handOver(
      ManagedProcess process,
      SpawnResult.Spawned spawned,
      Consumer<ChildProcess> launched,
      Consumer<String> failed) {
    ChildProcess child;
    try {
      child = attach(process, spawned);
    } catch (Throwable thrown) {
      services.guard().report("taking the output of ", config.name(), thrown);
      services.spawner().discard(spawned);
      notUsed();
      failed.accept("unknown error making dispatchers for '" + config.name() + "': " + thrown);
      return;
    }
    launched.accept(child);
  }

  /** There is no child. */
  private void notUsed() {
    unused();
    services.guard().run(config.name(), companion::unused);
  }

  /** There is no child, or none that is wanted any more; there may be a later one. */
  void unused() {
    services.guard().run(config.name(), role::unused);
  }

  /** On the spawner's thread. */
  private SpawnRequest request(CommandLine command, Optional<String> serverurl) throws IOException {
    Map<String, String> environment = environment(serverurl);
    environment.putAll(companion.variables());
    return request(command, environment, role.stdin(), companion.pidVariable());
  }

  private SpawnRequest request(
      CommandLine command,
      Map<String, String> environment,
      Optional<Fd> stdin,
      Optional<String> pidVariable) {
    return new SpawnRequest(
        command.file(),
        command.argv(),
        new ChildEnvironment(environment),
        config.execution().directory().map(Path::of),
        umask(),
        config.execution().user().map(u -> OptionalInt.of(u.uid())).orElse(OptionalInt.empty()),
        config.redirectStderr(),
        stdin,
        pidVariable);
  }

  private int umask() {
    return config.execution().umask().isPresent()
        ? config.execution().umask().getAsInt() & ALL_PERMISSIONS
        : SpawnRequest.INHERIT_UMASK;
  }

  /** What a child has beyond what supervisord was started with. */
  private Map<String, String> environment(Optional<String> serverurl) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SUPERVISOR_ENABLED", "1");
    serverurl
        .filter(url -> !url.isEmpty())
        .ifPresent(url -> environment.put("SUPERVISOR_SERVER_URL", url));
    environment.put("SUPERVISOR_PROCESS_NAME", config.name());
    environment.put("SUPERVISOR_GROUP_NAME", group);
    environment.putAll(config.execution().environment());
    return environment;
  }

  private ChildProcess attach(ManagedProcess process, SpawnResult.Spawned spawned) {
    int pid = spawned.process().pid();
    OutputLoop.Ends ends = new OutputLoop.Ends(spawned.stdin(), spawned.stdout(), spawned.stderr());
    OutputListener listener = companion.tap(process, pid, role.listener(process, pid));
    ChildStreams streams = services.output().attach(logs, pid, ends, listener);
    return new ChildProcess(spawned.process(), streams, services.spawner().children());
  }

  private String describe(SpawnResult result) {
    if (result instanceof SpawnResult.Unordered unordered) {
      return unordered.why() instanceof UnusableCommandException
          ? unordered.why().getMessage()
          : "could not open the socket for '" + config.name() + "': " + message(unordered.why());
    }
    SpawnResult.Failed failure = (SpawnResult.Failed) result;
    boolean pipes = failure.step() == SpawnResult.Step.PIPES;
    if (pipes && failure.errno().equals(Errno.EMFILE)) {
      return "too many open files to spawn '" + config.name() + "'";
    }
    if (!pipes && failure.errno().equals(Errno.EAGAIN)) {
      return "Too many processes in process table to spawn '" + config.name() + "'";
    }
    return (pipes ? "unknown error making dispatchers for '" : "unknown error during fork for '")
        + config.name()
        + "': "
        + failure.errno().name();
  }

  private static String message(Exception why) {
    return why instanceof IOException ? why.getMessage() : why.toString();
  }

  /** The process has its child. */
  void launched(ManagedProcess process) {
    services.guard().run(process, () -> role.launched(process));
    services.guard().run(process, () -> companion.launched(process));
  }

  /** The child is reaped, and the process has none any more. */
  void released(ManagedProcess process) {
    services.guard().run(process, () -> role.released(process));
    services.guard().run(process, companion::released);
  }

  /**
   * Runs a command beside the program, as its user, in its directory and with its environment.
   *
   * @param variables added to that environment
   * @param logged whether what it writes goes to the program's logs
   * @param done told once how it went, on the control loop, unless this throws
   */
  public CommandRun run(
      String command,
      Map<String, String> variables,
      boolean logged,
      Duration timeout,
      Consumer<CommandOutcome> done) {
    Optional<String> serverurl =
        config.execution().serverurl().or(() -> services.settings().serverurl());
    CommandRun run = new CommandRun(services, logged ? logs : nowhere(), timeout, done);
    run.begin(
        () -> {
          Map<String, String> environment = environment(serverurl);
          environment.putAll(variables);
          return request(
              resolve(CommandLine.split(command)), environment, Optional.empty(), Optional.empty());
        });
    return run;
  }

  private ProcessLogs nowhere() {
    if (nowhere.isEmpty()) {
      nowhere =
          Optional.of(services.output().logsOf(config.withoutLogs(), services.settings(), false));
    }
    return nowhere.get();
  }

  /** Empties its log files, whether it has a child or not. */
  public CompletionStage<Void> clearLogs() {
    return logs.clear();
  }

  /** Opens its log files anew, as after an external rotation. */
  public void reopenLogs() {
    logs.reopen();
  }
}

package ee.supervisor.door.page;

import static java.util.concurrent.CompletableFuture.completedStage;

import ee.supervisor.control.Fault;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.posix.LocalTime;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What the page's buttons do, and the words that tell how it went. */
final class Actions {
  /** As C's {@code ctime}. */
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US);

  private static final Set<String> ON_ALL = Set.of("refresh", "startall", "stopall", "restartall");
  private static final Set<String> ON_ONE = Set.of("start", "stop", "restart", "clearlog");

  private final Supervisor supervisor;

  Actions(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  /** Whether there is such an action, with what it is to be done to. */
  static boolean isKnown(String action, Optional<String> processname) {
    return ON_ALL.contains(action) || (ON_ONE.contains(action) && processname.isPresent());
  }

  /**
   * Does it.
   *
   * @param action one that {@link #isKnown}
   * @return completes with the words for the operator, whether it went well or not
   */
  CompletionStage<String> carryOut(String action, String processname) {
    return switch (action) {
      case "refresh" -> completedStage("Page refreshed at " + time());
      case "startall" -> supervisor.startAll(true).thenApply(all -> "All started at " + time());
      case "stopall" -> supervisor.stopAll(true).thenApply(all -> "All stopped at " + time());
      case "restartall" ->
          supervisor
              .stopAll(true)
              .thenCompose(stopped -> supervisor.startAll(true))
              .thenApply(all -> "All restarted at " + time());
      default -> onOne(action, processname);
    };
  }

  private CompletionStage<String> onOne(String action, String name) {
    if (supervisor.processes().stream().noneMatch(p -> names(p.group(), p.name(), name))) {
      return completedStage("No such process named " + name);
    }
    return switch (action) {
      case "start" -> told(supervisor.startProcess(name, true), name, "started");
      case "restart" ->
          told(
              supervisor
                  .stopProcess(name, true)
                  // one that does not run is just started
                  .exceptionally(notRunning -> null)
                  .thenCompose(stopped -> supervisor.startProcess(name, true)),
              name,
              "restarted");
      case "stop" ->
          supervisor
              .stopProcess(name, true)
              .handle((done, failure) -> plain(failure, "Process " + name + " stopped"));
      default ->
          supervisor
              .clearProcessLogs(name)
              .handle((done, failure) -> plain(failure, "Log for " + name + " cleared"));
    };
  }

  private static boolean names(String group, String process, String name) {
    return name.equals(group + ":" + process) || (group.equals(process) && name.equals(process));
  }

  private static CompletionStage<String> told(
      CompletionStage<Void> start, String name, String done) {
    return start.handle(
        (nothing, failure) ->
            failure == null
                ? "Process " + name + " " + done
                : "ERROR: Process " + name + ": " + startProblem(refusal(failure)));
  }

  private static String startProblem(SupervisorException refusal) {
    return switch (refusal.fault()) {
      case NO_FILE -> "no such file";
      case NOT_EXECUTABLE -> "file not executable";
      case ALREADY_STARTED -> "already started";
      case SPAWN_ERROR -> "spawn error";
      case ABNORMAL_TERMINATION -> "abnormal termination";
      default -> unexpected(refusal.fault(), refusal.getMessage());
    };
  }

  private static String plain(Throwable failure, String success) {
    return failure == null ? success : unexpected(failure);
  }

  /** The words for a fault that has none of its own. */
  static String unexpected(Fault fault, String text) {
    return "unexpected rpc fault [" + fault.code() + "] " + text;
  }

  /** How {@code failure} of an action is told where the action itself could not. */
  static String unexpected(Throwable failure) {
    SupervisorException refusal = refusal(failure);
    return unexpected(refusal.fault(), refusal.getMessage());
  }

  private static SupervisorException refusal(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof SupervisorException refusal
        ? refusal
        : new SupervisorException(Fault.FAILED, String.valueOf(cause));
  }

  private static String time() {
    return CTIME.format(LocalTime.of(Instant.now()));
  }
}

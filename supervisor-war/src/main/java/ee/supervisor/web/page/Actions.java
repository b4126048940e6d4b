package ee.supervisor.web.page;

import static java.util.concurrent.CompletableFuture.completedStage;

import ee.supervisor.access.AuditLog;
import ee.supervisor.access.Caller;
import ee.supervisor.access.Door;
import ee.supervisor.access.ForbiddenException;
import ee.supervisor.access.Token;
import ee.supervisor.config.Role;
import ee.supervisor.control.ProcessResult;
import ee.supervisor.control.RollOptions;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What the page's buttons do, and the words that say how it went. */
final class Actions {
  /** Who may press the buttons. */
  static final Role ROLE = Role.OPERATOR;

  private static final Set<String> ON_ALL = Set.of("refresh", "startall", "stopall", "restartall");
  private static final Set<String> ON_ONE = Set.of("start", "stop", "restart", "clearlog");

  /** On a group, named {@code group:*}. */
  private static final String ROLL = "roll";

  private final Supervisor supervisor;
  private final Caller caller;
  private final AuditLog audit;
  private final Texts texts;

  /**
   * Actions of one request.
   *
   * @param audit where they are recorded
   * @param texts for who asked for them
   */
  Actions(Supervisor supervisor, Caller caller, AuditLog audit, Texts texts) {
    this.supervisor = supervisor;
    this.caller = caller;
    this.audit = audit;
    this.texts = texts;
  }

  /** Whether there is such an action, with what it is to be done to. */
  static boolean isKnown(String action, Optional<String> processname) {
    return ON_ALL.contains(action)
        || ((ON_ONE.contains(action) || action.equals(ROLL)) && processname.isPresent());
  }

  /**
   * Does it.
   *
   * @param action one that {@link #isKnown}
   * @return completes with the words for the operator, whether it went well or not; exceptionally
   *     with {@link ForbiddenException} if the caller's role does not allow it
   */
  CompletionStage<String> carryOut(String action, String processname) {
    if (action.equals("refresh")) {
      return completedStage(at("message.refreshed"));
    }
    String what = ON_ALL.contains(action) ? action : action + " " + Token.of(processname);
    return audit
        .carryOut(Door.PAGE, caller, ROLE, what, () -> carryOutNow(action, processname))
        .exceptionally(failure -> words(action, processname, failure));
  }

  /** Has the programs follow the configuration; otherwise as {@link #carryOut}. */
  CompletionStage<String> update() {
    return audit
        .carryOut(
            Door.PAGE,
            caller,
            PlanPage.ROLE,
            "update",
            () -> supervisor.update().thenApply(changes -> at("message.updated")))
        .exceptionally(failure -> error(refusal(failure).getMessage()));
  }

  private CompletionStage<String> carryOutNow(String action, String processname) {
    if (action.equals(ROLL)) {
      return roll(processname);
    }
    return ON_ALL.contains(action) ? onAll(action) : onOne(action, processname);
  }

  private CompletionStage<String> roll(String name) {
    Namespec namespec = Namespec.parse(name);
    if (namespec.process().isPresent()) {
      throw new SupervisorException(Fault.BAD_NAME, name);
    }
    return supervisor
        .rollGroup(namespec.group(), RollOptions.DEFAULT)
        .thenApply(
            report ->
                report
                    .problem()
                    .map(this::error)
                    .orElseGet(() -> texts.get("message.rolled", report.what())));
  }

  private CompletionStage<String> onAll(String action) {
    return switch (action) {
      case "startall" -> supervisor.startAll(true).thenApply(all -> at("message.allstarted"));
      case "stopall" ->
          supervisor.stopAll(true).thenApply(all -> problems(all, at("message.allstopped")));
      default ->
          supervisor.restartAll().thenApply(all -> problems(all, at("message.allrestarted")));
    };
  }

  /** The words for those that could not be stopped, if there are any; else {@code words}. */
  private String problems(List<ProcessResult> results, String words) {
    return results.stream()
        .filter(result -> result.fault() == Fault.FAILED)
        .map(
            result ->
                problem(
                    Namespec.of(result.group(), result.name()),
                    unexpected(texts, result.fault(), result.description())))
        .reduce((one, other) -> one + "; " + other)
        .orElse(words);
  }

  private CompletionStage<String> onOne(String action, String name) {
    if (supervisor.processes().stream().noneMatch(p -> names(p.group(), p.name(), name))) {
      throw new SupervisorException(Fault.BAD_NAME, name);
    }
    return switch (action) {
      case "start" ->
          supervisor.startProcess(name, true).thenApply(done -> texts.get("message.started", name));
      case "restart" ->
          supervisor.restartProcess(name).thenApply(done -> texts.get("message.restarted", name));
      case "stop" ->
          supervisor.stopProcess(name, true).thenApply(done -> texts.get("message.stopped", name));
      default ->
          supervisor.clearProcessLogs(name).thenApply(done -> texts.get("message.cleared", name));
    };
  }

  private static boolean names(String group, String process, String name) {
    return name.equals(group + ":" + process) || (group.equals(process) && name.equals(process));
  }

  private String words(String action, String name, Throwable failure) {
    SupervisorException refusal = refusal(failure);
    if (refusal.fault() == Fault.BAD_NAME) {
      return texts.get("message.nameless", name);
    } else if (action.equals("start") || action.equals("restart")) {
      return problem(name, startProblem(refusal));
    }
    return unexpected(texts, refusal.fault(), refusal.getMessage());
  }

  private String startProblem(SupervisorException refusal) {
    return switch (refusal.fault()) {
      case NO_FILE -> texts.get("fault.NO_FILE");
      case NOT_EXECUTABLE -> texts.get("fault.NOT_EXECUTABLE");
      case ALREADY_STARTED -> texts.get("fault.ALREADY_STARTED");
      case SPAWN_ERROR -> texts.get("fault.SPAWN_ERROR");
      case ABNORMAL_TERMINATION -> texts.get("fault.ABNORMAL_TERMINATION");
      default -> unexpected(texts, refusal.fault(), refusal.getMessage());
    };
  }

  /** The words for a fault that has none of its own. */
  static String unexpected(Texts texts, Fault fault, String text) {
    return texts.get("message.unexpected", fault.code(), text);
  }

  private String problem(String name, String reason) {
    return error(texts.get("message.problem", name, reason));
  }

  private String error(String text) {
    return texts.get("message.error", text);
  }

  /**
   * What supervisord refused.
   *
   * @throws ForbiddenException when {@code failure} is one: that is shown otherwise
   */
  static SupervisorException refusal(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ForbiddenException refused) {
      throw refused;
    }
    return cause instanceof SupervisorException refusal
        ? refusal
        : new SupervisorException(Fault.FAILED, String.valueOf(cause));
  }

  private String at(String key) {
    return texts.get(key, texts.moment(Instant.now()));
  }
}

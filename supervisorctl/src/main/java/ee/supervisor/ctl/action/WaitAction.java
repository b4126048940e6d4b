package ee.supervisor.ctl.action;

import ee.supervisor.client.ConnectionLostException;
import ee.supervisor.client.RpcFault;
import ee.supervisor.client.ServerUnreachableException;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Waits until processes have come as far as an operator, or a script, wants them. */
final class WaitAction implements Action {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Set<String> ENDED = Set.of("STOPPED", "EXITED", "FATAL");
  private static final Set<String> LOST = Set.of("FATAL", "UNKNOWN");

  /** What is waited for. */
  private enum Goal {
    READY,
    RUNNING,
    EXITED;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How a process stands to what is waited for. */
  private enum Progress {
    REACHED,
    ON_THE_WAY,
    LOST
  }

  @Override
  public String name() {
    return "wait";
  }

  @Override
  public String help() {
    return """
        wait <name> [...] --for ready|running|exited [--timeout <time>]
        wait web --for running\tUntil it is RUNNING
        wait web:* --for ready\tUntil all of a group are RUNNING and, where the
        \t\t\tserver knows of readiness, ready
        wait job --for exited\tUntil it is EXITED, STOPPED or FATAL, and does not wait
        \t\t\tfor others to be started
        --timeout <time>\tWait no longer than 90, 30s, 10m or 2h; a server that is
        \t\t\tnot there yet is waited for as well
        Exit codes: 0 all have come there, 1 the time is over, 2 wrong usage,
        3 one cannot come there by itself any more (FATAL), 4 no such name""";
  }

  @Override
  public Completes completes() {
    return Completes.PROCESSES;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    ActionArguments arguments = new ActionArguments(name(), argument);
    Goal goal;
    Optional<Duration> timeout;
    List<String> names;
    try {
      goal = goal(arguments.value("--for").orElse("ready"));
      timeout = arguments.duration("--timeout");
      names = arguments.names();
      if (names.isEmpty()) {
        throw new IllegalArgumentException("Error: wait requires a process name");
      }
    } catch (IllegalArgumentException e) {
      session.print(e.getMessage());
      session.print(help());
      session.exitStatus(ExitStatus.INVALID_ARGUMENTS);
      return;
    }
    if (timeout.isPresent() || session.serverIsUp()) {
      new Waiting(session, goal, timeout, names).run();
    }
  }

  private static Goal goal(String text) {
    for (Goal goal : Goal.values()) {
      if (goal.word().equals(text)) {
        return goal;
      }
    }
    throw new IllegalArgumentException(
        "Error: wait: --for takes ready, running or exited, not '" + text + "'");
  }

  /** One waiting. */
  private static final class Waiting {
    private final Session session;
    private final Goal goal;
    private final Optional<Duration> timeout;
    private final List<String> names;
    private final long start = System.nanoTime();

    /** What is not as it should be, as a name of a process or the server's URL. */
    private String last = "";

    /** How that is. */
    private String obstacle = "";

    Waiting(Session session, Goal goal, Optional<Duration> timeout, List<String> names) {
      this.session = session;
      this.goal = goal;
      this.timeout = timeout;
      this.names = names;
    }

    void run() throws IOException, RpcFault {
      while (!isOver()) {
        Duration left = timeout.map(limit -> limit.minus(waited())).orElse(PAUSE);
        if (left.isNegative() || left.isZero()) {
          session.print(
              "%s: ERROR (not %s after %d s: %s)"
                  .formatted(last, goal.word(), timeout.orElseThrow().toSeconds(), obstacle));
          session.exitStatus(ExitStatus.GENERIC);
          return;
        }
        pause(left.compareTo(PAUSE) < 0 ? left : PAUSE);
      }
    }

    private Duration waited() {
      return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void pause(Duration time) throws InterruptedIOException {
      try {
        Thread.sleep(time.toMillis() + 1);
      } catch (InterruptedException e) {
        throw (InterruptedIOException) new InterruptedIOException("wait").initCause(e);
      }
    }

    /** Whether there is nothing left to wait for; the operator has been told then. */
    private boolean isOver() throws IOException, RpcFault {
      ChosenProcesses chosen;
      try {
        chosen = ChosenProcesses.ask(session, names);
      } catch (ServerUnreachableException | ConnectionLostException e) {
        if (timeout.isEmpty()) {
          throw e;
        }
        session.server().disconnect();
        last = session.serverUrl();
        obstacle = "no supervisord there";
        return false;
      }
      if (!chosen.unknown().isEmpty()) {
        chosen.complain(session, ExitStatus.STATUS_UNKNOWN);
        return true;
      }
      Waits waits = goal == Goal.RUNNING ? new Waits(Map.of()) : Waits.of(session);
      boolean reached = true;
      for (Map<?, ?> members : chosen.infos()) {
        String name = ChosenProcesses.name(members);
        Struct info = new Struct(members);
        String state = info.text("statename");
        switch (progress(name, info, waits)) {
          case REACHED -> {}
          case ON_THE_WAY -> {
            if (reached) {
              last = name;
              obstacle = (state + " " + info.text("description")).strip();
            }
            reached = false;
          }
          case LOST -> {
            session.print(name + ": ERROR (" + state + ")");
            session.exitStatus(ExitStatus.STATUS_NOT_RUNNING);
            return true;
          }
        }
      }
      if (reached) {
        chosen.infos().forEach(this::tell);
      }
      return reached;
    }

    private void tell(Map<?, ?> info) {
      String state = new Struct(info).text("statename").toLowerCase(Locale.ROOT);
      session.print(ChosenProcesses.name(info) + ": " + (goal == Goal.READY ? goal.word() : state));
    }

    private Progress progress(String name, Struct info, Waits waits) {
      String state = info.text("statename");
      if (goal == Goal.EXITED) {
        // one that waits for others has not even begun
        return ENDED.contains(state) && waits.obstacles(name).isEmpty()
            ? Progress.REACHED
            : Progress.ON_THE_WAY;
      }
      if (LOST.contains(state)) {
        return Progress.LOST;
      }
      boolean reached = state.equals("RUNNING") && (goal == Goal.RUNNING || waits.isReady(info));
      return reached ? Progress.REACHED : Progress.ON_THE_WAY;
    }
  }
}

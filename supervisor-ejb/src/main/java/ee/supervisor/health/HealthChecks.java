package ee.supervisor.health;

import ee.supervisor.control.Namespec;
import ee.supervisor.control.Supervisor;
import ee.supervisor.event.ProcessState;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.process.ProcessInfo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What makes a supervisor alive and ready. */
public final class HealthChecks {

  private static final long LOOP_SECONDS = 5;

  private HealthChecks() {}

  /** Whether the control loop turns: known at once if it does, after some seconds if not. */
  public static CompletionStage<HealthCheck> controlLoop(Supervisor supervisor) {
    CompletableFuture<Void> pong =
        supervisor.ping().toCompletableFuture().orTimeout(LOOP_SECONDS, TimeUnit.SECONDS);
    return pong.handle(
        (responded, failure) -> new HealthCheck("control-loop", failure == null, Map.of()));
  }

  /** Of a server without supervisor: it has failed to start, or has stopped. */
  public static HealthCheck nobody() {
    return new HealthCheck("supervisord", false, Map.of());
  }

  /**
   * Whether every program with {@code autostart} is up. One that ended as expected, or that an
   * operator has stopped, is in order; one that has still to start, or cannot, is not.
   */
  public static HealthCheck programs(Supervisor supervisor) {
    List<ProcessInfo> automatic =
        supervisor.processes().stream()
            .filter(process -> process.config().start().automatic())
            .toList();
    List<String> fatal =
        names(supervisor.processes(), process -> process.state() == ProcessState.FATAL);
    List<String> waiting = names(automatic, HealthChecks::isOnItsWay);
    boolean automaticFatal =
        automatic.stream().anyMatch(process -> process.state() == ProcessState.FATAL);
    Map<String, Object> data = new LinkedHashMap<>();
    put(data, "fatal", fatal);
    put(data, "notUpYet", waiting);
    boolean running = supervisor.state() == SupervisorState.RUNNING;
    return new HealthCheck("programs", running && !automaticFatal && waiting.isEmpty(), data);
  }

  private static boolean isOnItsWay(ProcessInfo process) {
    return switch (process.state()) {
      case STARTING, BACKOFF, UNKNOWN -> true;
      case STOPPED -> process.start().equals(Instant.EPOCH);
      case RUNNING, STOPPING, EXITED, FATAL -> false;
    };
  }

  private static List<String> names(List<ProcessInfo> processes, Predicate<ProcessInfo> which) {
    return processes.stream()
        .filter(which)
        .map(process -> Namespec.of(process.group(), process.name()))
        .toList();
  }

  /** MicroProfile Health's data are texts, numbers and booleans. */
  private static void put(Map<String, Object> data, String name, List<String> names) {
    if (!names.isEmpty()) {
      data.put(name, String.join(" ", names));
    }
  }
}

package ee.supervisor.control;

import ee.supervisor.process.Dependencies;
import ee.supervisor.process.DependencyGraph;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessGroup;
import ee.supervisor.process.ProcessServices;
import ee.supervisor.process.ProcessTable;
import ee.supervisor.process.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Stops all groups one after the other, the highest priority number first; the next is asked to
 * stop when the last has (manual: "priority"). What others need is stopped when those have stopped,
 * whatever the priorities say. Confined to the control loop.
 *
 * <p>Who is waited for is logged as Supervisor does it: more than three seconds after the last
 * time, looked at once a second, counted from when something last stopped.
 */
final class ShutdownSequence {
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(3);
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

  private final ProcessTable table;
  private final ProcessServices services;
  private final Dependencies dependencies;
  private final Runnable onDone;
  private final Deque<ProcessGroup> left;
  private Timer look = () -> {};
  private long lookAtNanos;
  private long reportedNanos;
  private boolean done;

  ShutdownSequence(
      ProcessTable table, ProcessServices services, Dependencies dependencies, Runnable onDone) {
    this.table = table;
    this.services = services;
    this.dependencies = dependencies;
    this.onDone = onDone;
    this.left = new ArrayDeque<>(table.byPriority());
  }

  void begin() {
    table.processesByPriority().forEach(p -> p.watch(this::changed));
    stopNext();
    report();
    finishIfDone();
  }

  private boolean changed(ManagedProcess process) {
    if (process.state().isStopped()) {
      // After the transition in progress is complete.
      services.loop().execute(this::advance);
    }
    return !done;
  }

  private void advance() {
    if (!done) {
      stopNext();
      finishIfDone();
    }
  }

  /** Stops the group whose turn it is, and looks anew from now on. */
  private void stopNext() {
    while (!left.isEmpty()) {
      ProcessGroup group = left.peekLast();
      stop(group);
      if (!group.unstopped().isEmpty()) {
        break;
      }
      left.removeLast();
    }
    lookAtNanos = System.nanoTime();
    lookLater();
  }

  private void stop(ProcessGroup group) {
    if (!dependencies.areThere()) {
      group.shutDown(services.guard());
      return;
    }
    DependencyGraph<ManagedProcess> graph = dependencies.graph();
    List<ManagedProcess> all = graph.inStartOrder(graph.withDependents(group.byPriority()));
    List<ManagedProcess> now =
        new ArrayList<>(graph.unneeded(all, process -> process.state().isStopped()));
    Collections.reverse(now);
    now.forEach(process -> services.guard().run(process, process::shutDown));
  }

  private void finishIfDone() {
    if (left.isEmpty() && table.unstopped().isEmpty()) {
      done = true;
      look.cancel();
      onDone.run();
    }
  }

  private void lookLater() {
    look.cancel();
    // From one due time to the next, not from now: a late look must not put off those after it.
    lookAtNanos += LOOK_INTERVAL.toNanos();
    look = services.schedule(Duration.ofNanos(lookAtNanos - System.nanoTime()), this::look);
  }

  private void look() {
    lookLater();
    if (System.nanoTime() - reportedNanos > REPORT_INTERVAL.toNanos()) {
      report();
    }
    if (!left.isEmpty() && left.peekLast().unstopped().isEmpty()) {
      // The news was lost to a fault.
      advance();
    }
  }

  private void report() {
    List<ManagedProcess> unstopped = table.unstopped();
    if (!unstopped.isEmpty()) {
      reportedNanos = System.nanoTime();
      String names =
          unstopped.stream().map(p -> p.config().name()).collect(Collectors.joining(", "));
      services.log().info("waiting for " + names + " to die");
    }
  }
}

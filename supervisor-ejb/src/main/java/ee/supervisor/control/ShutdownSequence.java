package ee.supervisor.control;

import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessGroup;
import ee.supervisor.process.ProcessServices;
import ee.supervisor.process.ProcessTable;
import ee.supervisor.process.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Stops all groups one after the other, the highest priority number first; the next is asked to
 * stop when the last has (manual: "priority"). Confined to the control loop.
 */
final class ShutdownSequence {
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(3);

  private final ProcessTable table;
  private final ProcessServices services;
  private final Runnable onDone;
  private final Deque<ProcessGroup> left;
  private Timer report = () -> {};
  private boolean done;

  ShutdownSequence(ProcessTable table, ProcessServices services, Runnable onDone) {
    this.table = table;
    this.services = services;
    this.onDone = onDone;
    this.left = new ArrayDeque<>(table.byPriority());
  }

  void begin() {
    table.processesByPriority().forEach(p -> p.watch(this::changed));
    report();
    advance();
  }

  private boolean changed(ManagedProcess process) {
    if (process.state().isStopped()) {
      // After the transition in progress is complete.
      services.loop().execute(this::advance);
    }
    return !done;
  }

  private void advance() {
    if (done) {
      return;
    }
    while (!left.isEmpty()) {
      ProcessGroup group = left.peekLast();
      group.shutDown();
      if (!group.unstopped().isEmpty()) {
        return;
      }
      left.removeLast();
    }
    if (table.unstopped().isEmpty()) {
      done = true;
      report.cancel();
      onDone.run();
    }
  }

  private void report() {
    List<ManagedProcess> unstopped = table.unstopped();
    if (unstopped.isEmpty()) {
      return;
    }
    services
        .log()
        .info(
            "waiting for "
                + unstopped.stream().map(p -> p.config().name()).collect(Collectors.joining(", "))
                + " to die");
    report = services.schedule(REPORT_INTERVAL, this::report);
  }
}

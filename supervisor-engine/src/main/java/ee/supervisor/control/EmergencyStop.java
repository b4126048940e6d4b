package ee.supervisor.control;

import ee.supervisor.config.ProcessConfig;
import ee.supervisor.guard.Guard;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.Child;
import ee.supervisor.posix.Children;
import ee.supervisor.posix.Errno;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.Spawner;
import ee.supervisor.posix.WaitStatus;
import ee.supervisor.process.ChildProcess;
import ee.supervisor.process.DependencyGraph;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessGroup;
import ee.supervisor.process.ProcessTable;
import ee.supervisor.protocol.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Stops all children without the control loop, for when that has broken or does not come back:
 * group after group, the highest priority number first, and what others need when those have
 * stopped. Each child gets its stopsignal, and SIGKILL after its stopwaitsecs, so that none is
 * waited for longer than that and {@link #KILL_PATIENCE}. Run by whichever thread finds out.
 */
final class EmergencyStop {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(10);

  /** For children that no process is known to have: they had just been made. */
  private static final Duration STRAY_PATIENCE = Duration.ofSeconds(10);

  /** A child that SIGKILL does not end within this (it waits for a dead disk) is left. */
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);

  private final ProcessTable table;
  private final DependencyGraph<ManagedProcess> graph;
  private final Spawner spawner;
  private final ActivityLog log;
  private final Guard guard;

  /**
   * One of the processes of {@code table}.
   *
   * @param graph who of them needs whom, as far as the loop has come to know
   */
  EmergencyStop(
      ProcessTable table,
      DependencyGraph<ManagedProcess> graph,
      Spawner spawner,
      ActivityLog log,
      Guard guard) {
    this.table = table;
    this.graph = graph;
    this.spawner = spawner;
    this.log = log;
    this.guard = guard;
  }

  /** A child on its way out. */
  private static final class Leaver {
    private final String name;
    private final Child child;
    private final boolean killsGroup;
    private long deadlineNanos;
    private boolean killed;

    Leaver(String name, Child child, boolean killsGroup, Duration patience) {
      this.name = name;
      this.child = child;
      this.killsGroup = killsGroup;
      wait(patience);
    }

    private void wait(Duration time) {
      deadlineNanos = System.nanoTime() + time.toNanos();
    }

    boolean isOverdue() {
      return System.nanoTime() - deadlineNanos > 0;
    }
  }

  /** Returns when no child is left. Never throws. */
  void run() {
    guard.run("the end of the spawner", spawner::close);
    List<ProcessGroup> groups = table.byPriority();
    for (int i = groups.size() - 1; i >= 0; i--) {
      ProcessGroup group = groups.get(i);
      guard.run("stopping a group", () -> stop(group));
    }
    guard.run("stopping what is left", this::stopStrays);
  }

  /** Stops a group, and before it what needs one of it. */
  private void stop(ProcessGroup group) {
    List<ManagedProcess> left =
        new ArrayList<>(graph.inStartOrder(graph.withDependents(group.byPriority())));
    Collections.reverse(left);
    Map<ManagedProcess, Leaver> leavers = new HashMap<>();
    while (!left.isEmpty()) {
      for (ManagedProcess process : List.copyOf(left)) {
        if (process.child().isEmpty()) {
          left.remove(process);
        } else if (!leavers.containsKey(process)
            && Collections.disjoint(graph.neededBy(process), left)) {
          leavers.put(process, askToStop(process, process.child().get()));
        }
      }
      left.removeIf(process -> leavers.containsKey(process) && isGone(leavers.get(process)));
      pauseUnless(left.isEmpty());
    }
  }

  private Leaver askToStop(ManagedProcess process, ChildProcess child) {
    ProcessConfig.Stop stop = process.config().stop();
    Leaver leaver =
        new Leaver(process.config().name(), child.handle(), stop.killsGroup(), stop.patience());
    signal(leaver, stop.signal(), stop.signalsGroup());
    return leaver;
  }

  private void stopStrays() {
    List<Leaver> leavers =
        new ArrayList<>(
            spawner.children().alive().stream()
                .map(child -> new Leaver(child.toString(), child, true, STRAY_PATIENCE))
                .toList());
    leavers.forEach(leaver -> signal(leaver, Signals.SIGTERM, false));
    awaitAll(leavers);
  }

  private void awaitAll(List<Leaver> leavers) {
    while (!leavers.isEmpty()) {
      leavers.removeIf(this::isGone);
      pauseUnless(leavers.isEmpty());
    }
  }

  private void pauseUnless(boolean done) {
    if (!done) {
      LockSupport.parkNanos(this, LOOK_INTERVAL.toNanos());
    }
  }

  private boolean isGone(Leaver leaver) {
    Children children = spawner.children();
    if (children.hasEnded(leaver.child)) {
      Optional<WaitStatus> status = children.reap(leaver.child);
      log.info(
          "stopped: "
              + leaver.name
              + status.map(known -> " (" + known.describe() + ")").orElse(""));
      return true;
    }
    if (leaver.isOverdue() && leaver.killed) {
      log.critical("SIGKILL does not end " + leaver.name + " (" + leaver.child.pid() + ")");
      return true;
    }
    if (leaver.isOverdue()) {
      log.warn("killing '" + leaver.name + "' (" + leaver.child.pid() + ") with SIGKILL");
      leaver.killed = true;
      leaver.wait(KILL_PATIENCE);
      signal(leaver, Signals.SIGKILL, leaver.killsGroup);
    }
    return false;
  }

  private void signal(Leaver leaver, int signal, boolean group) {
    if (spawner.children().hasEnded(leaver.child)) {
      return;
    }
    try {
      if (group) {
        leaver.child.sendToGroup(signal);
      } else {
        leaver.child.send(signal);
      }
    } catch (PosixException e) {
      if (!e.errno().equals(Errno.ESRCH)) {
        log.critical("cannot stop " + leaver.name + ": " + e.getMessage());
      }
    }
  }
}

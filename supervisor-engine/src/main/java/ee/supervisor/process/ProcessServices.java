package ee.supervisor.process;

import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.guard.Guard;
import ee.supervisor.listener.EventBus;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.output.OutputLoop;
import ee.supervisor.posix.Child;
import ee.supervisor.posix.Spawner;
import ee.supervisor.posix.WaitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** What processes need from the control loop that owns them. All of it is for use on that loop. */
public interface ProcessServices {

  /** Runs a task on the control loop; may be called from any thread. */
  Executor loop();

  /** Now, by the monotonic clock that timers go by. */
  default long nanoTime() {
    return System.nanoTime();
  }

  /** Now, by the wall clock, which operators set: to be shown, never to be waited for. */
  default Instant wallTime() {
    return Instant.now();
  }

  /** Runs {@code action} on the loop after {@code delay}, by the monotonic clock. */
  Timer schedule(Duration delay, Runnable action);

  /** Runs {@code onExit} on the loop once the child has exited. */
  void watch(Child child, Runnable onExit);

  /** To be called after each child that was reaped. */
  void childReaped();

  /** The thread that makes children. */
  Spawner spawner();

  /** The thread that carries children's output. */
  OutputLoop output();

  /** Where state changes are published. */
  EventBus events();

  /** What is remembered of how fast dead children were replaced. */
  ReactionTimes reactionTimes();

  /** Keeps what one piece of work throws from the others. */
  Guard guard();

  /** supervisord's own log. */
  ActivityLog log();

  /** The [supervisord] section in force. */
  SupervisordConfig settings();

  /** What accompanies the children of a process of {@code group}. */
  default Companion companionOf(String group, ProcessConfig config) {
    return Companion.NONE;
  }

  /** False once supervisord is stopping or restarting: nothing is started then. */
  boolean startsAllowed();

  /** Who may start when. */
  default StartGate gate() {
    return StartGate.OPEN;
  }

  /** To be told of each child that has ended by itself, whatever comes of it. */
  default void endedByItself(ManagedProcess process, WaitStatus status) {}

  /** To be told of each process that has become FATAL. */
  default void gaveUp(ManagedProcess process) {}
}

package ee.supervisor.listener;

import ee.supervisor.text.Bytes;

/**
 * One run of a process of an {@code [eventlistener:x]} section as its pool sees it: started again,
 * the process is another EventListener. Called on the control loop only.
 */
public interface EventListener {

  /** The process's name, unique in its pool. */
  String name();

  /** Whether the process is in state RUNNING; only then is it sent events. */
  boolean isRunning();

  /**
   * Queues bytes for the process's stdin and returns at once. A pipe that turns out to be broken
   * later is reported by {@link ListenerPool#sendFailed}.
   *
   * @param envelope header line and payload of one event
   * @return false if its stdin is known to be closed, or the process is being stopped
   */
  boolean send(Bytes envelope);
}

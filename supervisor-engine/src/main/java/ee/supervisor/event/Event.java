package ee.supervisor.event;

import ee.supervisor.text.Bytes;

/** Something that happened (manual: "Event Types"); what listeners subscribe to. */
public sealed interface Event {

  /** About what an event takes of the heap beyond the data it carries. */
  long OVERHEAD_BYTES = 256;

  /** About what it takes of the heap. */
  default long bytes() {
    return OVERHEAD_BYTES;
  }

  /** Which of a child's output streams. */
  enum Channel {
    STDOUT,
    STDERR
  }

  /**
   * A process changed state.
   *
   * @param pid the process id, 0 when there is none
   * @param tries failed starts so far (STARTING, BACKOFF)
   * @param expected for EXITED: whether the exit code was one of exitcodes
   */
  record ProcessStateChanged(
      String process,
      String group,
      ProcessState from,
      ProcessState to,
      int pid,
      int tries,
      boolean expected)
      implements Event {}

  /** A process wrote to a stream whose {@code *_events_enabled} is set. */
  record ProcessLog(String process, String group, int pid, Channel channel, Bytes data)
      implements Event {

    @Override
    public long bytes() {
      return OVERHEAD_BYTES + data.length();
    }
  }

  /** A process sent something between the PROCESS_COMMUNICATION tokens. */
  record ProcessCommunication(String process, String group, int pid, Channel channel, Bytes data)
      implements Event {

    @Override
    public long bytes() {
      return OVERHEAD_BYTES + data.length();
    }
  }

  /** {@code supervisor.sendRemoteCommEvent} was called. */
  record RemoteCommunication(String type, Bytes data) implements Event {

    @Override
    public long bytes() {
      return OVERHEAD_BYTES + 2L * type.length() + data.length();
    }
  }

  /** supervisord is running, or has begun to stop. */
  record SupervisorStateChanged(boolean running) implements Event {}

  /** A time slice of {@code period} seconds began at {@code when} (seconds since the epoch). */
  record Tick(int period, long when) implements Event {}

  /** A process group was added to the running supervisord. */
  record GroupAdded(String group) implements Event {}

  /** A process group was removed. */
  record GroupRemoved(String group) implements Event {}
}

package ee.supervisor.config;

import java.util.List;
import java.util.stream.IntStream;

/** A process group: of programs, of event listeners, or of FastCGI programs that share a socket. */
public sealed interface GroupConfig {

  /** The group's name, unique. */
  String name();

  /** 0 starts first and stops last. */
  long priority();

  /** Its processes: section by section, each section's by priority, then name. */
  List<ProcessConfig> processes();

  /**
   * Whether a running group of this configuration may go on as it is under {@code other}: what
   * {@code reread} does not call changed. Groups of another kind are never the same.
   */
  boolean sameAs(GroupConfig other);

  /** The same group with another priority and other processes. */
  GroupConfig with(long otherPriority, List<ProcessConfig> others);

  /**
   * Whether what the processes of a running group share, a pool or a socket, may go on as it is
   * under {@code other}, whatever has become of the processes.
   */
  default boolean sharesAs(GroupConfig other) {
    return with(0, List.of()).sameAs(other.with(0, List.of()));
  }

  private static boolean sameBasics(GroupConfig a, GroupConfig b) {
    List<ProcessConfig> mine = a.processes();
    List<ProcessConfig> others = b.processes();
    return a.name().equals(b.name())
        && a.priority() == b.priority()
        && mine.size() == others.size()
        && IntStream.range(0, mine.size()).allMatch(i -> mine.get(i).sameAs(others.get(i)));
  }

  /** A {@code [group:x]}, or the group that every {@code [program:x]} outside one makes. */
  record Programs(String name, long priority, List<ProcessConfig> processes)
      implements GroupConfig {

    public Programs {
      processes = List.copyOf(processes);
    }

    @Override
    public GroupConfig with(long otherPriority, List<ProcessConfig> others) {
      return new Programs(name, otherPriority, others);
    }

    @Override
    public boolean sameAs(GroupConfig other) {
      return other instanceof Programs && sameBasics(this, other);
    }
  }

  /**
   * An {@code [eventlistener:x]} pool.
   *
   * @param bufferSize events kept while no listener is ready
   * @param events names of the event types it subscribes to, sorted
   * @param resultHandler the result handler as named in the file
   */
  record EventListeners(
      String name,
      long priority,
      List<ProcessConfig> processes,
      long bufferSize,
      List<String> events,
      String resultHandler)
      implements GroupConfig {

    public EventListeners {
      processes = List.copyOf(processes);
      events = List.copyOf(events);
    }

    @Override
    public GroupConfig with(long otherPriority, List<ProcessConfig> others) {
      return new EventListeners(name, otherPriority, others, bufferSize, events, resultHandler);
    }

    @Override
    public boolean sameAs(GroupConfig other) {
      return other instanceof EventListeners listeners
          && sameBasics(this, other)
          && bufferSize == listeners.bufferSize
          && events.equals(listeners.events)
          && resultHandler.equals(listeners.resultHandler);
    }
  }

  /** A {@code [fcgi-program:x]}. */
  record FastCgi(String name, long priority, List<ProcessConfig> processes, FcgiSocket socket)
      implements GroupConfig {

    public FastCgi {
      processes = List.copyOf(processes);
    }

    @Override
    public GroupConfig with(long otherPriority, List<ProcessConfig> others) {
      return new FastCgi(name, otherPriority, others, socket);
    }

    /** As for every group; of the socket its URL alone counts. */
    @Override
    public boolean sameAs(GroupConfig other) {
      return other instanceof FastCgi fastCgi
          && sameBasics(this, other)
          && socket.url().equals(fastCgi.socket.url());
    }
  }
}

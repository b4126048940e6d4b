package ee.supervisor.config;

import java.util.List;

/** A process group: of programs, of event listeners, or of FastCGI programs that share a socket. */
public sealed interface GroupConfig {

  /** The group's name, unique. */
  String name();

  /** 0 starts first and stops last. */
  int priority();

  /** Its processes in the order the file gives them. */
  List<ProcessConfig> processes();

  /** A {@code [group:x]}, or the group that every {@code [program:x]} outside one makes. */
  record Programs(String name, int priority, List<ProcessConfig> processes)
      implements GroupConfig {}

  /**
   * An {@code [eventlistener:x]} pool.
   *
   * @param bufferSize events kept while no listener is ready
   * @param events names of the event types it subscribes to, sorted
   * @param resultHandler the result handler as named in the file
   */
  record EventListeners(
      String name,
      int priority,
      List<ProcessConfig> processes,
      int bufferSize,
      List<String> events,
      String resultHandler)
      implements GroupConfig {}

  /** A {@code [fcgi-program:x]}. */
  record FastCgi(String name, int priority, List<ProcessConfig> processes, FcgiSocket socket)
      implements GroupConfig {}
}

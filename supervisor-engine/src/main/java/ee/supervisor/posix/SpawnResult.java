package ee.supervisor.posix;

import java.util.Optional;

/** What became of a {@link SpawnRequest}. */
public sealed interface SpawnResult {
  /**
   * There is a child. When its directory, user or program turned out to be unusable it is one that
   * writes so to its stderr and exits with 127, as Supervisor's does.
   *
   * @param process the child
   * @param stdin our end of its stdin, not blocking; empty when it was given one
   * @param stdout our end of its stdout, not blocking
   * @param stderr our end of its stderr, not blocking; empty when that goes to stdout
   */
  record Spawned(Child process, Optional<Fd> stdin, Fd stdout, Optional<Fd> stderr)
      implements SpawnResult {}

  /**
   * There is no child, since it could not be worked out what to start.
   *
   * @param why what the order threw
   */
  record Unordered(Exception why) implements SpawnResult {}

  /**
   * There is no child.
   *
   * @param step what could not be done
   * @param errno why
   */
  record Failed(Step step, Errno errno) implements SpawnResult {}

  /** Where starting a child can fail before there is one. */
  enum Step {
    /** No descriptors for its pipes. */
    PIPES,
    /** No new process. */
    FORK
  }
}

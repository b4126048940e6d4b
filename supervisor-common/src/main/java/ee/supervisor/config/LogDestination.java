package ee.supervisor.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** Where a log goes: a file, a file with an automatic name, syslog or nowhere. */
public sealed interface LogDestination {

  /**
   * A file named in the configuration; may be a device or a FIFO.
   *
   * @param name the file as clients are shown it, to the letter: expanded, but for a program's log
   *     not made absolute (it is then relative to supervisord's working directory) nor tidied
   */
  record File(String name) implements LogDestination {
    public File {
      requireNonNull(name);
    }

    /** The file's path; relative where the configuration has it so. */
    public Path path() {
      return Path.of(name);
    }
  }

  /** {@code AUTO}: a file in {@code childlogdir} whose name supervisord makes up. */
  record Auto() implements LogDestination {}

  /** {@code NONE}: nothing is kept. */
  record None() implements LogDestination {}

  /** {@code syslog} as the value of {@code logfile} of [supervisord]. */
  record Syslog() implements LogDestination {}
}

package ee.supervisor.config;

import java.nio.file.Path;

/** Where a log goes: a file, a file with an automatic name, syslog or nowhere. */
public sealed interface LogDestination {

  /** A file named in the configuration, absolute; may be a device or a FIFO. */
  record File(Path path) implements LogDestination {}

  /** {@code AUTO}: a file in {@code childlogdir} whose name supervisord makes up. */
  record Auto() implements LogDestination {}

  /** {@code NONE}: nothing is kept. */
  record None() implements LogDestination {}

  /** {@code syslog} as the value of {@code logfile} of [supervisord]. */
  record Syslog() implements LogDestination {}
}

package ee.supervisor.posix;

import java.nio.file.Path;

/** A child that cannot be what was asked for. The message is what Supervisor's child would say. */
final class UnspawnableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnspawnableException(String complaint) {
    super(complaint);
  }

  /** The directory cannot be entered. */
  static UnspawnableException chdir(Path directory, Errno errno) {
    return new UnspawnableException("couldn't chdir to " + directory + ": " + errno);
  }

  /** The program cannot be executed. */
  static UnspawnableException exec(String name, Errno errno) {
    return new UnspawnableException("couldn't exec " + name + ": " + errno);
  }
}

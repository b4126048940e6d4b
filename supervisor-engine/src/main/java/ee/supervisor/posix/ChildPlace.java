package ee.supervisor.posix;

import java.nio.file.Path;
import java.util.Optional;

/** Where the next child starts: its working directory and umask. Confined to the spawner thread. */
interface ChildPlace extends AutoCloseable {
  /** The best that this system allows the calling thread. */
  static ChildPlace open() throws PosixException {
    try {
      return ThreadFilesystem.unshare();
    } catch (PosixException refused) {
      // Docker's default seccomp profile knows no harmless unshare(2).
      return new SharedFilesystem();
    }
  }

  /** Goes back to supervisord's own directory and umask. */
  void goHome() throws PosixException;

  /** Goes on to a directory, absolute or relative to supervisord's own; empty to stay. */
  void enter(Optional<Path> directory) throws UnspawnableException;

  /** The path by which this thread finds what the child would find as {@code file}. */
  String pathOf(String file);

  /** What the child has to do itself to get there. */
  void addTo(SpawnFileActions actions) throws PosixException;

  /** What to execute so that the program has this umask, or supervisord's own if that is -1. */
  Program withUmask(Program program, int umask);

  @Override
  void close();
}

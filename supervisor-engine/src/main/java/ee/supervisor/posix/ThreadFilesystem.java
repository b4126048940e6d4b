package ee.supervisor.posix;

import static ee.supervisor.posix.Native.check;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A working directory and umask that belong to the calling thread alone, to be inherited by the
 * children it makes (unshare(2), CLONE_FS). Confined to that thread, which must not start others:
 * they would share both.
 */
final class ThreadFilesystem implements ChildPlace {
  private static final int CLONE_FS = 0x200;
  private static final int O_PATH = 0x200000;

  private final Fd home;
  private final int homeUmask;
  private boolean atHome = true;

  private ThreadFilesystem(Fd home, int homeUmask) {
    this.home = home;
    this.homeUmask = homeUmask;
  }

  /** Gives the calling thread its own, which start out as the process's. */
  static ThreadFilesystem unshare() throws PosixException {
    check(LibC.unshare(CLONE_FS), "unshare(CLONE_FS)");
    int umask = LibC.umask(0);
    LibC.umask(umask);
    return new ThreadFilesystem(Kernel.open(Path.of("."), O_PATH, 0), umask);
  }

  @Override
  public void goHome() throws PosixException {
    LibC.umask(homeUmask);
    if (!atHome) {
      check(LibC.fchdir(home.number()), "fchdir", home);
      atHome = true;
    }
  }

  @Override
  public void enter(Optional<Path> directory) throws UnspawnableException {
    if (directory.isPresent()) {
      atHome = false;
      try {
        CurrentProcess.changeDirectory(directory.get());
      } catch (PosixException e) {
        throw UnspawnableException.chdir(directory.get(), e.errno());
      }
    }
  }

  @Override
  public String pathOf(String file) {
    return file;
  }

  /** Nothing: the child starts where this thread is. */
  @Override
  public void addTo(SpawnFileActions actions) {}

  @Override
  public Program withUmask(Program program, int umask) {
    LibC.umask(umask == SpawnRequest.INHERIT_UMASK ? homeUmask : umask);
    return program;
  }

  @Override
  public void close() {
    home.close();
  }
}

package ee.supervisor.posix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends a child to its place without going there: for systems where a thread cannot have a
 * directory of its own. The child changes its directory before it executes the program; a shell
 * sets the umask, and is replaced by the program.
 */
final class SharedFilesystem implements ChildPlace {
  private static final String SET_UMASK = "umask \"$1\"; shift; unset PWD; exec \"$@\"";

  private Optional<Path> directory = Optional.empty();

  @Override
  public void goHome() {
    directory = Optional.empty();
  }

  @Override
  public void enter(Optional<Path> wanted) throws UnspawnableException {
    if (wanted.isPresent()) {
      Optional<Errno> refusal = refusal(wanted.get().toString());
      if (refusal.isPresent()) {
        throw UnspawnableException.chdir(wanted.get(), refusal.get());
      }
    }
    directory = wanted;
  }

  private static Optional<Errno> refusal(String path) {
    if (!LibC.hasSpawnChdir()) {
      return Optional.of(Errno.ENOSYS);
    }
    boolean notADirectory = Kernel.status(path).filter(file -> !file.isDirectory()).isPresent();
    return notADirectory ? Optional.of(Errno.ENOTDIR) : Kernel.refusalToExecute(path);
  }

  @Override
  public String pathOf(String file) {
    return directory.map(start -> start.resolve(file).toString()).orElse(file);
  }

  @Override
  public void addTo(SpawnFileActions actions) throws PosixException {
    if (directory.isPresent()) {
      actions.changeDirectory(directory.get());
    }
  }

  @Override
  public Program withUmask(Program program, int umask) {
    if (umask == SpawnRequest.INHERIT_UMASK) {
      return program;
    }
    List<String> argv =
        new ArrayList<>(List.of("/bin/sh", "-c", SET_UMASK, "sh", Integer.toOctalString(umask)));
    argv.add(program.searchName());
    argv.addAll(program.arguments());
    return new Program("/bin/sh", argv, program.environment());
  }

  @Override
  public void close() {
    goHome();
  }
}

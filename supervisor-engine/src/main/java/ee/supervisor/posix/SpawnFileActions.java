package ee.supervisor.posix;

import static ee.supervisor.posix.Native.checkNumber;

import java.nio.file.Path;
import java.util.List;

/** What a child has open when it starts: 0, 1, 2 and so on as given, and nothing else. */
final class SpawnFileActions implements AutoCloseable {
  /** posix_spawn_file_actions_t takes 80 bytes in glibc. */
  private static final int ACTIONS_BYTES = 512;

  private final NativeMemory actions = new NativeMemory(ACTIONS_BYTES);

  SpawnFileActions(Fd stdin, Fd stdout, Fd stderr) throws PosixException {
    this(List.of(stdin, stdout, stderr), LibC.hasSpawnCloseFrom());
  }

  /**
   * Any number of descriptors.
   *
   * @param given what is to be 0, what is to be 1, and so on; none may have a number among these
   *     unless it is to keep it
   */
  SpawnFileActions(List<Fd> given) throws PosixException {
    this(given, LibC.hasSpawnCloseFrom());
  }

  SpawnFileActions(List<Fd> given, boolean closeFrom) throws PosixException {
    checkNumber(
        LibC.posix_spawn_file_actions_init(actions.address()), "posix_spawn_file_actions_init");
    boolean complete = false;
    try {
      for (int target = 0; target < given.size(); target++) {
        duplicate(given.get(target), target);
      }
      closeFrom(given.size(), closeFrom);
      complete = true;
    } finally {
      if (!complete) {
        close();
      }
    }
  }

  private void duplicate(Fd fd, int target) throws PosixException {
    checkNumber(
        LibC.posix_spawn_file_actions_adddup2(actions.address(), fd.number(), target),
        "posix_spawn_file_actions_adddup2");
  }

  /** Where the child goes before it executes its program; glibc 2.29. */
  void changeDirectory(Path directory) throws PosixException {
    try (NativeMemory name = NativeMemory.ofString(directory.toString())) {
      checkNumber(
          LibC.posix_spawn_file_actions_addchdir_np(actions.address(), name.address()),
          "posix_spawn_file_actions_addchdir_np");
    }
  }

  /** Almost no descriptor of the JVM is close-on-exec. */
  private void closeFrom(int first, boolean closeFrom) throws PosixException {
    if (closeFrom) {
      checkNumber(
          LibC.posix_spawn_file_actions_addclosefrom_np(actions.address(), first),
          "posix_spawn_file_actions_addclosefrom_np");
    } else {
      closeWhatIsOpen(first);
    }
  }

  /**
   * For older C libraries. The list may name what is closed by then, which addclose forgives; what
   * another thread opens in between is missed, but our own are close-on-exec.
   */
  private void closeWhatIsOpen(int first) throws PosixException {
    for (int number : OpenDescriptors.numbers()) {
      if (number >= first) {
        checkNumber(
            LibC.posix_spawn_file_actions_addclose(actions.address(), number),
            "posix_spawn_file_actions_addclose");
      }
    }
  }

  long address() {
    return actions.address();
  }

  @Override
  public void close() {
    LibC.posix_spawn_file_actions_destroy(actions.address());
    actions.close();
  }
}

package ee.supervisor.posix;

import static ee.supervisor.posix.Native.checkNumber;

import java.nio.file.Path;

/** What a child has open when it starts: 0, 1 and 2 as given, and nothing else. */
final class SpawnFileActions implements AutoCloseable {
  /** posix_spawn_file_actions_t takes 80 bytes in glibc. */
  private static final int ACTIONS_BYTES = 512;

  private static final int FIRST_AFTER_STDERR = 3;

  private final NativeMemory actions = new NativeMemory(ACTIONS_BYTES);

  SpawnFileActions(Fd stdin, Fd stdout, Fd stderr) throws PosixException {
    this(stdin, stdout, stderr, LibC.hasSpawnCloseFrom());
  }

  SpawnFileActions(Fd stdin, Fd stdout, Fd stderr, boolean closeFrom) throws PosixException {
    long address = actions.address();
    checkNumber(LibC.posix_spawn_file_actions_init(address), "posix_spawn_file_actions_init");
    boolean complete = false;
    try {
      duplicate(stdin, 0);
      duplicate(stdout, 1);
      duplicate(stderr, 2);
      closeTheRest(address, closeFrom);
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
  private static void closeTheRest(long address, boolean closeFrom) throws PosixException {
    if (closeFrom) {
      checkNumber(
          LibC.posix_spawn_file_actions_addclosefrom_np(address, FIRST_AFTER_STDERR),
          "posix_spawn_file_actions_addclosefrom_np");
    } else {
      closeWhatIsOpen(address);
    }
  }

  /**
   * For older C libraries. The list may name what is closed by then, which addclose forgives; what
   * another thread opens in between is missed, but our own are close-on-exec.
   */
  private static void closeWhatIsOpen(long address) throws PosixException {
    for (int number : OpenDescriptors.numbers()) {
      if (number >= FIRST_AFTER_STDERR) {
        checkNumber(
            LibC.posix_spawn_file_actions_addclose(address, number),
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
  }
}

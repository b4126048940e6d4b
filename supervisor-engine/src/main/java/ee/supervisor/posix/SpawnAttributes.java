package ee.supervisor.posix;

import static ee.supervisor.posix.Native.checkNumber;

/**
 * What every child is given at birth: an empty signal mask and default signal dispositions, without
 * which it would inherit the JVM's blocked and ignored signals, and as a rule a process group of
 * its own.
 */
final class SpawnAttributes {
  /** posix_spawnattr_t takes 336 bytes in glibc, sigset_t 128. */
  private static final int ATTRIBUTES_BYTES = 1024;

  private static final int SIGSET_BYTES = 128;
  private static final int SETPGROUP = 0x02;
  private static final int SETSIGDEF = 0x04;
  private static final int SETSIGMASK = 0x08;

  private final NativeMemory attributes = new NativeMemory(ATTRIBUTES_BYTES);

  /** With a process group of its own. */
  SpawnAttributes() throws PosixException {
    this((short) (SETPGROUP | SETSIGDEF | SETSIGMASK));
  }

  private SpawnAttributes(short flags) throws PosixException {
    long address = attributes.address();
    checkNumber(LibC.posix_spawnattr_init(address), "posix_spawnattr_init");
    try (NativeMemory signals = new NativeMemory(SIGSET_BYTES)) {
      LibC.sigemptyset(signals.address());
      checkNumber(
          LibC.posix_spawnattr_setsigmask(address, signals.address()),
          "posix_spawnattr_setsigmask");
      // Not sigfillset(), which leaves out 32 and 33: glibc uses them, and posix_spawn would have
      // the
      // child ignore them.
      signals.putLong(0, -1L);
      checkNumber(
          LibC.posix_spawnattr_setsigdefault(address, signals.address()),
          "posix_spawnattr_setsigdefault");
    }
    checkNumber(LibC.posix_spawnattr_setpgroup(address, 0), "posix_spawnattr_setpgroup");
    checkNumber(LibC.posix_spawnattr_setflags(address, flags), "posix_spawnattr_setflags");
  }

  /** For a child in this process's own group: it may begin a session, which a leader may not. */
  static SpawnAttributes inOurGroup() throws PosixException {
    return new SpawnAttributes((short) (SETSIGDEF | SETSIGMASK));
  }

  long address() {
    return attributes.address();
  }
}

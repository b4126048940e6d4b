package ee.supervisor.posix;

import static ee.supervisor.posix.Native.checkNumber;

/**
 * What every child is given at birth: a process group of its own, an empty signal mask, default
 * signal dispositions. Without the last two it would inherit the JVM's blocked and ignored signals.
 */
final class SpawnAttributes {
  /** posix_spawnattr_t takes 336 bytes in glibc, sigset_t 128. */
  private static final int ATTRIBUTES_BYTES = 1024;

  private static final int SIGSET_BYTES = 128;
  private static final int SETPGROUP = 0x02;
  private static final int SETSIGDEF = 0x04;
  private static final int SETSIGMASK = 0x08;

  private final NativeMemory attributes = new NativeMemory(ATTRIBUTES_BYTES);

  SpawnAttributes() throws PosixException {
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
    checkNumber(
        LibC.posix_spawnattr_setflags(address, (short) (SETPGROUP | SETSIGDEF | SETSIGMASK)),
        "posix_spawnattr_setflags");
  }

  long address() {
    return attributes.address();
  }
}

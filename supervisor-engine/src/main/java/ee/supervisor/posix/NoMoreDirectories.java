package ee.supervisor.posix;

/**
 * Keeps all threads of this process from making directories, for good (seccomp(2)). A JVM that is
 * ended goes on for some 10 to 300 ms, and nothing else stops those who just then make anew what
 * was removed before the end.
 */
public final class NoMoreDirectories {
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final long SYS_SECCOMP = Native.isX86() ? 317 : 277;
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int SECCOMP_FILTER_FLAG_TSYNC = 1;

  private static final int MKDIRAT = Native.isX86() ? 258 : 34;

  /** aarch64 has no other. */
  private static final int MKDIR = Native.isX86() ? 83 : MKDIRAT;

  private static final int LOAD_WORD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int RETURN = 0x06;
  private static final int ALLOW = 0x7fff0000;
  private static final int REFUSE_WITH_EPERM = 0x00050001;

  private static final int INSTRUCTION_BYTES = 8;
  private static final int INSTRUCTIONS = 5;
  private static final int PROGRAM_BYTES = 16;

  private NoMoreDirectories() {}

  /** From now on; false where the system has no such filters or lets nobody set one. */
  public static boolean enforce() {
    try (NativeMemory filter = new NativeMemory(INSTRUCTIONS * INSTRUCTION_BYTES);
        NativeMemory program = new NativeMemory(PROGRAM_BYTES)) {
      // struct sock_filter: 16 bits of code, 8 each to skip if true and if false, 32 of operand
      put(filter, 0, LOAD_WORD, 0, 0);
      put(filter, 1, JUMP_IF_EQUAL, 2, MKDIRAT);
      put(filter, 2, JUMP_IF_EQUAL, 1, MKDIR);
      put(filter, 3, RETURN, 0, ALLOW);
      put(filter, 4, RETURN, 0, REFUSE_WITH_EPERM);
      program.putInt(0, INSTRUCTIONS);
      program.putLong(Long.BYTES, filter.address());
      return LibC.prctl(PR_SET_NO_NEW_PRIVS, 1) == 0
          && LibC.syscall(
                  SYS_SECCOMP,
                  SECCOMP_SET_MODE_FILTER,
                  SECCOMP_FILTER_FLAG_TSYNC,
                  program.address(),
                  0)
              == 0;
    }
  }

  private static void put(NativeMemory filter, int index, int code, int skipIfTrue, int operand) {
    filter.putInt(index * INSTRUCTION_BYTES, code | skipIfTrue << 16);
    filter.putInt(index * INSTRUCTION_BYTES + Integer.BYTES, operand);
  }
}

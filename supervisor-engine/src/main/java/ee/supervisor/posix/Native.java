package ee.supervisor.posix;

import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.Platform;
import java.nio.ByteBuffer;

/** What all native calls share: the check of their result, and the way to memory. */
final class Native {
  private static final MemoryIO MEMORY = MemoryIO.getInstance();

  private Native() {}

  /** True on x86_64, false on aarch64, the other platform that is supported. */
  static boolean isX86() {
    return Platform.getPlatform().getCPU() == Platform.CPU.X86_64;
  }

  /** What errno held after this thread's last call. */
  static Errno errno() {
    return new Errno(LibCall.errno());
  }

  /** Returns {@code result}, unless it is negative: then {@code call} was refused. */
  static int check(int result, String call) throws PosixException {
    if (result < 0) {
      throw new PosixException(call, errno());
    }
    return result;
  }

  /** As {@link #check(int, String)}, naming the call only once it has failed. */
  static int check(int result, String call, Object argument) throws PosixException {
    if (result < 0) {
      throw new PosixException(call + "(" + argument + ")", errno());
    }
    return result;
  }

  /** Checks a call of the kind that returns the error number itself. */
  static void checkNumber(int result, String call) throws PosixException {
    if (result != 0) {
      throw new PosixException(call, new Errno(result));
    }
  }

  /** Where the memory behind a direct buffer starts, its position not counted. */
  static long addressOf(ByteBuffer direct) {
    return MEMORY.getDirectBufferAddress(direct);
  }

  /** Overwrites memory that is not ours alone, but the process's. */
  static void write(long address, byte[] bytes) {
    MEMORY.putByteArray(address, bytes, 0, bytes.length);
  }

  /** The NUL-terminated string at {@code address}, read as UTF-8. */
  static String stringAt(long address) {
    return NativeText.decode(MEMORY.getZeroTerminatedByteArray(address));
  }

  static String errorMessage(int number) {
    return stringAt(LibC.strerror(number));
  }
}

package ee.supervisor.posix;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.util.Arrays;

/**
 * Calls functions of the C library by their addresses.
 *
 * <p>By jffi, the native half of jnr, since an interface of the size of {@link LibC} bound by
 * jnr-ffi adds 0.35 seconds of CPU to each start. All arguments and results travel as machine
 * words, which on x86_64 and aarch64 suits every function that takes integers and pointers.
 */
final class LibCall {
  private static final Library LIBRARY =
      Library.getCachedInstance("libc.so.6", Library.LAZY | Library.GLOBAL);
  private static final Invoker INVOKER = Invoker.getInstance();
  private static final LastError LAST_ERROR = LastError.getInstance();

  private static final CallContext TAKES_0 = taking(0);
  private static final CallContext TAKES_1 = taking(1);
  private static final CallContext TAKES_2 = taking(2);
  private static final CallContext TAKES_3 = taking(3);
  private static final CallContext TAKES_4 = taking(4);
  private static final CallContext TAKES_5 = taking(5);
  private static final CallContext TAKES_6 = taking(6);

  private LibCall() {}

  private static CallContext taking(int arguments) {
    Type[] words = new Type[arguments];
    Arrays.fill(words, Type.SINT64);
    return CallContext.getCallContext(Type.SINT64, words, CallingConvention.DEFAULT, true);
  }

  /** Where the function is, or 0 when this C library does not have it. */
  static long address(String function) {
    return LIBRARY.getSymbolAddress(function);
  }

  /** What errno held after this thread's last call. */
  static int errno() {
    return LAST_ERROR.get();
  }

  static long invoke(long function) {
    return INVOKER.invokeN0(TAKES_0, function);
  }

  static long invoke(long function, long a1) {
    return INVOKER.invokeN1(TAKES_1, function, a1);
  }

  static long invoke(long function, long a1, long a2) {
    return INVOKER.invokeN2(TAKES_2, function, a1, a2);
  }

  static long invoke(long function, long a1, long a2, long a3) {
    return INVOKER.invokeN3(TAKES_3, function, a1, a2, a3);
  }

  static long invoke(long function, long a1, long a2, long a3, long a4) {
    return INVOKER.invokeN4(TAKES_4, function, a1, a2, a3, a4);
  }

  static long invoke(long function, long a1, long a2, long a3, long a4, long a5) {
    return INVOKER.invokeN5(TAKES_5, function, a1, a2, a3, a4, a5);
  }

  static long invoke(long function, long a1, long a2, long a3, long a4, long a5, long a6) {
    return INVOKER.invokeN6(TAKES_6, function, a1, a2, a3, a4, a5, a6);
  }
}

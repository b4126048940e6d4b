package ee.supervisor.posix;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.nio.channels.SelectableChannel;
import java.util.OptionalInt;

/**
 * Who is at the other end of a Unix socket, as the kernel noted when the connection was made
 * (SO_PEERCRED, unix(7)). The JDK's own option looks up the account's name as well, and waits for
 * that as long as a directory server takes.
 */
public final class PeerCredentials {
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int UCRED_BYTES = 3 * Integer.BYTES;
  private static final int UID_OFFSET = Integer.BYTES;

  private PeerCredentials() {}

  /**
   * The account that connected; empty where it cannot be known, since the connection is gone, or
   * the JVM was started without access to {@code sun.nio.ch}.
   *
   * @param connection a connected Unix socket
   */
  public static OptionalInt uid(SelectableChannel connection) {
    OptionalInt descriptor = descriptor(connection);
    if (descriptor.isEmpty()) {
      return OptionalInt.empty();
    }
    try (NativeMemory credentials = new NativeMemory(UCRED_BYTES);
        NativeMemory length = new NativeMemory(Integer.BYTES)) {
      length.putInt(0, UCRED_BYTES);
      int result =
          LibC.getsockopt(
              descriptor.getAsInt(),
              SOL_SOCKET,
              SO_PEERCRED,
              credentials.address(),
              length.address());
      return result == 0 ? OptionalInt.of(credentials.getInt(UID_OFFSET)) : OptionalInt.empty();
    }
  }

  private static OptionalInt descriptor(SelectableChannel connection) {
    return NumberOf.METHOD == null ? OptionalInt.empty() : number(connection);
  }

  private static OptionalInt number(SelectableChannel connection) {
    try {
      return OptionalInt.of((int) NumberOf.METHOD.invoke(connection));
    } catch (ReflectiveOperationException e) {
      return OptionalInt.empty();
    }
  }

  /** How the JDK is asked for the number of a channel's descriptor; null where it refuses. */
  private static final class NumberOf {
    static final Method METHOD = find();

    private static Method find() {
      try {
        Method method = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
        method.setAccessible(true);
        return method;
      } catch (ReflectiveOperationException | InaccessibleObjectException e) {
        return null;
      }
    }
  }
}

package ee.supervisor.launcher;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Signals as the JVM hands them on: {@code sun.misc.Signal}, the JDK's only door to them. By name,
 * since javac warns of each mention of that class and has no switch for it.
 */
final class JvmSignals {
  private JvmSignals() {}

  /**
   * Has {@code action} done, on a thread of its own, whenever the signal comes.
   *
   * @param name such as {@code TERM}; not {@code QUIT}, which the JVM keeps for itself
   * @param action takes the name, such as {@code SIGTERM}
   */
  static void handle(String name, Consumer<String> action) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> signal = lookup.findClass("sun.misc.Signal");
      Class<?> handler = lookup.findClass("sun.misc.SignalHandler");
      Object listener =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.accept("SIG" + name);
                return null;
              });
      lookup
          .findStatic(signal, "handle", MethodType.methodType(handler, signal, handler))
          .invoke(
              lookup
                  .findConstructor(signal, MethodType.methodType(void.class, String.class))
                  .invoke(name),
              listener);
    } catch (Throwable e) {
      throw new IllegalStateException("SIG" + name + " cannot be taken", e);
    }
  }
}

package ee.supervisor.jmx;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.AccessController;
import javax.security.auth.Subject;

/**
 * Finds the subject of the current thread: by {@code Subject.current()}, which Java 18 brought, or
 * by the way that Java 24 took away.
 */
final class CurrentSubject {
  private static final MethodHandle CURRENT = find();

  private CurrentSubject() {}

  /** The subject, or null when there is none. */
  static Subject get() {
    try {
      return (Subject) CURRENT.invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Subject.current() declares no exception", e);
    }
  }

  private static MethodHandle find() {
    MethodType type = MethodType.methodType(Subject.class);
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      return MethodHandles.publicLookup().findStatic(Subject.class, "current", type);
    } catch (NoSuchMethodException java17) {
      try {
        return lookup.findStatic(CurrentSubject.class, "ofAccessControlContext", type);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings({"removal", "unused"})
  private static Subject ofAccessControlContext() {
    return Subject.getSubject(AccessController.getContext());
  }
}

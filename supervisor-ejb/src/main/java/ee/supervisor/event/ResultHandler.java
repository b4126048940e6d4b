package ee.supervisor.event;

import ee.supervisor.posix.Bytes;

/**
 * Decides by a listener's RESULT whether an event was dealt with ({@code result_handler} of {@code
 * [eventlistener:x]}). An implementation has a public constructor without parameters; it runs on
 * the control loop and must return at once.
 */
@FunctionalInterface
public interface ResultHandler {

  /**
   * Accepts {@code OK}, rejects all else; what {@code supervisor.dispatchers:default_handler}
   * names.
   */
  ResultHandler DEFAULT = new AcceptsOk();

  /**
   * Judges one result by returning (accepted) or throwing.
   *
   * @param event what the listener was sent
   * @param result the payload of its RESULT
   * @throws EventRejectedException to keep the event and send it again; any other exception also
   *     keeps the event, but the listener is sent nothing more until it is started again
   */
  void handle(Event event, Bytes result) throws EventRejectedException;

  /**
   * The handler a configuration names.
   *
   * @param name the default's name, or a Java class
   * @param section the section that names it, for the exception's text
   * @param loader where the class is looked for
   * @throws IllegalArgumentException if there is no such class, or it is no ResultHandler; the text
   *     is for the operator
   */
  static ResultHandler named(String name, String section, ClassLoader loader) {
    if (name.equals(AcceptsOk.NAME)) {
      return DEFAULT;
    }
    try {
      Class<?> named = Class.forName(name, true, loader);
      return named.asSubclass(ResultHandler.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      throw new IllegalArgumentException(
          "%s cannot be resolved within [%s] (a result_handler is %s or a Java class that implements %s: %s)"
              .formatted(name, section, AcceptsOk.NAME, ResultHandler.class.getName(), e),
          e);
    }
  }
}

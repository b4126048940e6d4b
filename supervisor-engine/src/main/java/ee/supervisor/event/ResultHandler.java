package ee.supervisor.event;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.plugin.PluginPath;
import ee.supervisor.text.Bytes;
import java.io.IOException;
import java.util.List;

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
   * Makes the handler that a configuration names.
   *
   * @throws IllegalArgumentException if there is no such class on the plug-in path, it is no
   *     ResultHandler, or its constructor fails; the text is for the operator
   */
  static ResultHandler of(GroupConfig.EventListeners section) {
    return switch (section.resultHandler()) {
      case AcceptsOk.NAME -> DEFAULT;
      case PrefixedStdout.NAME -> new PrefixedStdout(System.out);
      default -> ofClass(section);
    };
  }

  /**
   * Checks that the class a configuration names is there, and makes nothing.
   *
   * @throws IllegalArgumentException if not; the text is for the operator
   */
  static void check(GroupConfig.EventListeners section) {
    if (!List.of(AcceptsOk.NAME, PrefixedStdout.NAME).contains(section.resultHandler())) {
      try {
        PluginPath.check(section.resultHandler(), ResultHandler.class);
      } catch (ClassNotFoundException | ClassCastException | LinkageError | IOException e) {
        throw unresolved(section, e);
      }
    }
  }

  private static ResultHandler ofClass(GroupConfig.EventListeners section) {
    try {
      return PluginPath.find(section.resultHandler(), ResultHandler.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException | LinkageError | IOException e) {
      throw unresolved(section, e);
    }
  }

  private static IllegalArgumentException unresolved(
      GroupConfig.EventListeners section, Throwable cause) {
    return new IllegalArgumentException(
        "%s cannot be resolved within [eventlistener:%s] (a result_handler is %s or a Java class that implements %s: %s)"
            .formatted(
                section.resultHandler(),
                section.name(),
                AcceptsOk.NAME,
                ResultHandler.class.getName(),
                cause),
        cause);
  }
}

package ee.supervisor.listener;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.event.ResultHandler;
import ee.supervisor.plugin.PluginPath;
import java.io.IOException;
import java.util.List;

/** Finds who judges the results of a pool, as its {@code result_handler} names it. */
public final class ResultHandlers {

  private ResultHandlers() {}

  /**
   * Makes the handler that a configuration names.
   *
   * @throws IllegalArgumentException if there is no such class on the plug-in path, it is no
   *     ResultHandler, or its constructor fails; the text is for the operator
   */
  public static ResultHandler of(GroupConfig.EventListeners section) {
    return switch (section.resultHandler()) {
      case AcceptsOk.NAME -> new AcceptsOk();
      case PrefixedStdout.NAME -> new PrefixedStdout(System.out);
      default -> ofClass(section);
    };
  }

  /**
   * Checks that the class a configuration names is there, and makes nothing.
   *
   * @throws IllegalArgumentException if not; the text is for the operator
   */
  public static void check(GroupConfig.EventListeners section) {
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

package ee.supervisor.control;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.ConfigSource;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.listener.ResultHandlers;
import ee.supervisor.output.ActivityLog;
import java.util.function.Consumer;

/**
 * What an engine is started with.
 *
 * @param source where {@code reread} and restart read the configuration anew
 * @param initial the configuration to start with
 * @param log the activity log, open; the engine does not close it
 * @param onRestart given, on the control loop, the configuration a restart begins with, before any
 *     process starts; a {@link RuntimeException} from it ends the engine
 * @param reapsOrphans whether supervisord is process 1 and must reap children that are not its own
 */
public record EngineOptions(
    ConfigSource source,
    Configuration initial,
    ActivityLog log,
    Consumer<Configuration> onRestart,
    boolean reapsOrphans) {

  /**
   * Reads the configuration anew.
   *
   * @throws ConfigException if it is wrong, or names a result handler that is not there: reading
   *     alone, as {@code --check} does, needs no plug-in path
   */
  Configuration read() throws ConfigException {
    Configuration next = source.load();
    try {
      for (GroupConfig group : next.groups()) {
        if (group instanceof GroupConfig.EventListeners listeners) {
          ResultHandlers.check(listeners);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage(), e);
    }
    return next;
  }
}

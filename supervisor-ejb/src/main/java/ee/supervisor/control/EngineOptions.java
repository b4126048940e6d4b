package ee.supervisor.control;

import ee.supervisor.config.ConfigSource;
import ee.supervisor.config.Configuration;
import ee.supervisor.output.ActivityLog;
import java.util.function.Consumer;

/**
 * What an engine is started with.
 *
 * @param source where {@code reread} and restart read the configuration anew
 * @param initial the configuration to start with
 * @param log the activity log, open; the engine does not close it
 * @param onRestart told, on the control loop, of the configuration a restart begins with, before
 *     any process starts; a {@link RuntimeException} from it ends the engine
 * @param reapsOrphans whether supervisord is process 1 and must reap children that are not its own
 */
public record EngineOptions(
    ConfigSource source,
    Configuration initial,
    ActivityLog log,
    Consumer<Configuration> onRestart,
    boolean reapsOrphans) {}

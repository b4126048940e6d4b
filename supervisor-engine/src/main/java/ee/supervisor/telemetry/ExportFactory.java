package ee.supervisor.telemetry;

import ee.supervisor.config.OtlpConfig;
import java.util.Map;
import java.util.function.Consumer;

/** Makes ways to collectors: what the jars that are loaded apart have in them. */
public interface ExportFactory {

  /**
   * Opens one; nothing is sent yet.
   *
   * @param environment supervisord's own, which may say what the configuration leaves open
   * @param warnings takes what of the environment is wrong, and not followed
   */
  Export open(
      OtlpConfig config, Origin origin, Map<String, String> environment, Consumer<String> warnings);
}

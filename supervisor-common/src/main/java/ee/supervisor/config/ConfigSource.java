package ee.supervisor.config;

/**
 * Where the engine takes its configuration from, at start and again at every {@code reread} and
 * restart.
 */
public interface ConfigSource {

  /**
   * Reads the configuration anew.
   *
   * @throws ConfigException when it cannot be read or is wrong; the caller keeps what it had
   */
  Configuration load() throws ConfigException;
}

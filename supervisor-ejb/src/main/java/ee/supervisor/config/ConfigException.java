package ee.supervisor.config;

/**
 * A configuration that cannot be used. The message is for the operator: Supervisor's words where it
 * has them.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}

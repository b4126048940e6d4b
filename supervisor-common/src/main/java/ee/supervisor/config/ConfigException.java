package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.nio.file.InvalidPathException;

/**
 * A configuration that cannot be used. The message is for the operator: Supervisor's words where it
 * has them.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String referenceMessage;

  public ConfigException(String message) {
    this(message, message, null);
  }

  public ConfigException(String message, Throwable cause) {
    this(message, message, cause);
  }

  /**
   * A mistake of which Supervisor's words leave out what an operator needs.
   *
   * @param referenceMessage Supervisor's words
   * @param explanation the rest; follows them in a line of its own
   */
  public static ConfigException explained(
      String referenceMessage, String explanation, Throwable cause) {
    return new ConfigException(referenceMessage + "\n" + explanation, referenceMessage, cause);
  }

  /**
   * A file's name that this JVM cannot use: it encodes them by the locale, and without any that is
   * ASCII.
   */
  static ConfigException unusableName(InvalidPathException e) {
    return new ConfigException(
        "the file name %s cannot be used: %s (no UTF-8 locale is installed, such as C.UTF-8)"
            .formatted(repr(e.getInput()), e.getReason()),
        e);
  }

  ConfigException(String message, String referenceMessage, Throwable cause) {
    super(message, cause);
    this.referenceMessage = referenceMessage;
  }

  /**
   * What Supervisor says of the same mistake, to the letter: for clients that compare. Differs from
   * the message where that is Python's own and leaves out what an operator needs.
   */
  public String referenceMessage() {
    return referenceMessage;
  }
}

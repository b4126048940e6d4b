package ee.supervisor.launcher;

/**
 * supervisord cannot start: told on stderr with a word on where help is, exit code 2. The message
 * is Supervisor's where it has one.
 */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}

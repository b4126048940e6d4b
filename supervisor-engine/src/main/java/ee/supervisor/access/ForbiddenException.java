package ee.supervisor.access;

/** What a user asked for takes another role; the message says which, and is fit for the user. */
public final class ForbiddenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ForbiddenException(String message) {
    super(message, null, false, false);
  }
}

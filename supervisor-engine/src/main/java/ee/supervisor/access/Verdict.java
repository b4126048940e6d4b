package ee.supervisor.access;

/** What becomes of a request before any door sees it. */
public sealed interface Verdict {

  /** It is let in. */
  record Admitted(Caller caller) implements Verdict {}

  /**
   * It gets a 401 with {@code WWW-Authenticate:} {@value #CHALLENGE}, and the connection closed.
   */
  record Unauthorized() implements Verdict {
    /** Asks for user and password, in the words of the reference. */
    public static final String CHALLENGE = "Basic realm=\"default\"";

    /** What the client is shown. */
    public static final String MESSAGE = "a user and a password are asked for";
  }

  /** Its header {@code Authorization} cannot be read: it gets a 400. */
  record Malformed() implements Verdict {
    /** What the client is shown. */
    public static final String MESSAGE = "the header Authorization is malformed";
  }
}

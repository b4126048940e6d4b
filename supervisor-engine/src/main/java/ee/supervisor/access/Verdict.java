package ee.supervisor.access;

import java.util.Optional;

/** What becomes of a request before any door sees it. */
public sealed interface Verdict {

  /**
   * It is let in.
   *
   * @param session by which, if by one. What it changes, it changes only with the session's token;
   *     where that is in a form, who reads the form has to see to it.
   */
  record Admitted(Caller caller, Optional<Session> session) implements Verdict {
    /** Let in by something else than a session. */
    public Admitted(Caller caller) {
      this(caller, Optional.empty());
    }
  }

  /** It may see the login page, and log in there; nothing else is to be served to it. */
  record Visiting() implements Verdict {}

  /**
   * A person in a browser has to log in first: it gets a 303.
   *
   * @param location of the login page, relative
   */
  record LoginDue(String location) implements Verdict {}

  /** A script of our page whose session is over: it gets a 401 by which no browser asks. */
  record SessionOver() implements Verdict {
    /** No scheme that a browser knows. */
    public static final String CHALLENGE = "Session realm=\"default\"";

    /** What the client is shown. */
    public static final String MESSAGE = "the session is over: log in again";
  }

  /** What it would change, its session's cookie alone does not allow: it gets a 403. */
  record TokenMissing() implements Verdict {
    /** What the client is shown. */
    public static final String MESSAGE = "the token of the session is missing or wrong";
  }

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

package ee.supervisor.front;

/** A response that is sent piece by piece; confined to the event loop. */
interface Transfer {

  /** The client has taken what was sent: there is room for more. */
  void proceed();

  /** The client has gone, or is given up: lets go of what it holds; idempotent. */
  void abandon();

  /** Whether a client that sends nothing more may still wait for the response. */
  boolean mayEnd();
}

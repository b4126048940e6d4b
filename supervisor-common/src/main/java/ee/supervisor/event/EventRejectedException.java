package ee.supervisor.event;

/** Thrown by a {@link ResultHandler} to have an event kept and sent again. */
public class EventRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A rejection.
   *
   * @param reason why
   */
  public EventRejectedException(String reason) {
    super(reason);
  }
}

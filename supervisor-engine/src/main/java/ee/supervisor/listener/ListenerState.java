package ee.supervisor.listener;

/** Where an event listener stands in its protocol (manual: "Event Listener States"). */
public enum ListenerState {
  /** Just started, or done with an event: the next thing to come is {@code READY}. */
  ACKNOWLEDGED,
  /** May be sent an event. */
  READY,
  /** Has an event: the next thing to come is a {@code RESULT}. */
  BUSY,
  /** Broke the protocol: is sent nothing until it is started again. */
  UNKNOWN
}

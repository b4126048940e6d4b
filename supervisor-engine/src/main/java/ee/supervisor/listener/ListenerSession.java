package ee.supervisor.listener;

import ee.supervisor.config.LogLevel;
import ee.supervisor.event.EventRejectedException;
import ee.supervisor.event.ResultHandler;
import ee.supervisor.guard.Guard;
import ee.supervisor.text.Bytes;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run of a listener process, from its start to its exit, with the event it has in hand.
 * Confined to the control loop.
 */
final class ListenerSession implements ListenerProtocol.Judge {
  private final EventListener listener;
  private final ResultHandler handler;
  private final Consumer<BufferedEvent> rejected;
  private final EventLog log;
  private final Guard guard;
  private final ListenerProtocol protocol;
  private BufferedEvent inHand;
  private boolean broken;

  /**
   * The session of a process that was just started.
   *
   * @param handler judges its results
   * @param rejected takes back an event that was not dealt with
   */
  ListenerSession(
      EventListener listener,
      ResultHandler handler,
      Consumer<BufferedEvent> rejected,
      EventLog log) {
    this.listener = listener;
    this.handler = handler;
    this.rejected = rejected;
    this.log = log;
    this.guard = new Guard(text -> log.log(LogLevel.WARN, () -> text));
    this.protocol = new ListenerProtocol(listener.name(), this, log);
  }

  boolean isOf(EventListener other) {
    return listener == other;
  }

  ListenerState state() {
    return protocol.state();
  }

  /** Whether an event may be sent now. */
  boolean isReady() {
    return protocol.state() == ListenerState.READY && listener.isRunning() && !broken;
  }

  /**
   * Sends an event; the listener must be ready.
   *
   * @return false if its stdin is closed
   */
  boolean send(BufferedEvent event, Bytes envelope) {
    if (!listener.send(envelope)) {
      logBrokenPipe(event);
      return false;
    }
    protocol.eventSent();
    inHand = event;
    log.log(
        LogLevel.DEBG,
        () -> "event %d sent to listener %s".formatted(event.serial(), listener.name()));
    return true;
  }

  void receive(Bytes output) {
    protocol.receive(output);
  }

  /** Its stdin broke before the event in hand was written: gives the event back, sends no more. */
  void sendFailed() {
    broken = true;
    takeInHand()
        .ifPresent(
            event -> {
              logBrokenPipe(event);
              protocol.eventReturned();
              rejected.accept(event);
            });
  }

  /** The process is gone: gives back the event it did not finish. */
  void ended() {
    takeInHand().ifPresent(rejected);
  }

  @Override
  public ListenerProtocol.Verdict judge(Bytes result) {
    try {
      handler.handle(inHand.event(), result);
      inHand = null;
      return ListenerProtocol.Verdict.ACCEPTED;
    } catch (EventRejectedException e) {
      return ListenerProtocol.Verdict.REJECTED;
    } catch (Throwable thrown) {
      guard.report("the result handler of ", listener.name(), thrown);
      return ListenerProtocol.Verdict.ERROR;
    }
  }

  @Override
  public void notProcessed() {
    takeInHand().ifPresent(rejected);
  }

  private Optional<BufferedEvent> takeInHand() {
    Optional<BufferedEvent> taken = Optional.ofNullable(inHand);
    inHand = null;
    return taken;
  }

  private void logBrokenPipe(BufferedEvent event) {
    log.log(
        LogLevel.DEBG,
        () ->
            "epipe occurred while sending event %d to listener %s, listener state unchanged"
                .formatted(event.serial(), listener.name()));
  }
}

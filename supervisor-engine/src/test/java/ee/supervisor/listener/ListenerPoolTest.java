package ee.supervisor.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.LogLevel;
import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.event.ResultHandler;
import ee.supervisor.text.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerPoolTest {
  private final RecordedLog log = new RecordedLog();
  private final EventBus bus = new EventBus(log);
  private final RecordedListener mail = new RecordedListener("mail");
  private final RecordedListener other = new RecordedListener("other");

  /** A result handler with a fault of its own. */
  public static final class Faulty implements ResultHandler {
    @Override
    public void handle(Event event, Bytes result) {
      throw new IllegalStateException("cannot tell");
    }
  }

  @Test
  void aReadyListenerIsSentTheEventAtOnce() {
    ListenerPool pool = readyPool(10, "TICK");

    bus.publish(tick(5));

    assertThat(mail.received)
        .containsExactly(
            "ver:3.0 server:supervisor serial:0 pool:mail poolserial:0 eventname:TICK_5 len:6\n"
                + "when:5");
    assertThat(pool.info().listeners()).containsEntry("mail", ListenerState.BUSY);
    assertThat(log.lines).contains("DEBG event 0 sent to listener mail");
  }

  @Test
  void typesNotSubscribedToAreNotHeardAndTakeNoSerial() {
    readyPool(10, "TICK_60");

    bus.publish(tick(5));
    bus.publish(new Event.Tick(60, 60));

    assertThat(mail.header("serial")).containsExactly("0");
    assertThat(mail.header("eventname")).containsExactly("TICK_60");
  }

  @Test
  void anEventIsSentOnceForEachNameThatCoversIt() {
    ListenerPool pool = readyPool(10, "EVENT", "TICK", "TICK_60");

    bus.publish(tick(5));
    say(pool, mail, "RESULT 2\nOKREADY\n");
    say(pool, mail, "RESULT 2\nOKREADY\n");

    assertThat(mail.header("serial")).containsExactly("0", "0");
    assertThat(mail.header("poolserial")).containsExactly("0", "0");
    assertThat(log.lines).contains("DEBG rebuffering event 0 for pool mail (buf size=1, max=10)");
  }

  @Test
  void eventsWaitForTheListenerInOrder() {
    ListenerPool pool = pool(10, "TICK");
    bus.publish(tick(5));
    bus.publish(tick(10));
    pool.listenerStarted(mail);
    say(pool, mail, "READY\n");
    say(pool, mail, "RESULT 2\nOKREADY\n");

    assertThat(mail.payloads()).containsExactly("when:5", "when:10");
    assertThat(pool.info().buffered()).isZero();
  }

  @Test
  void aListenerThatIsStillStartingIsSentNothingUntilItIsRunning() {
    mail.running = false;
    ListenerPool pool = readyPool(10, "TICK");
    bus.publish(tick(5));
    assertThat(mail.received).isEmpty();

    mail.running = true;
    bus.publish(
        new Event.ProcessStateChanged(
            "mail", "mail", ProcessState.STARTING, ProcessState.RUNNING, 1, 0, true));

    assertThat(mail.payloads()).containsExactly("when:5");
    assertThat(pool.info().buffered()).isZero();
  }

  @Test
  void theFirstReadyListenerOfTheSectionIsAsked() {
    ListenerPool pool = pool(10, "TICK", "other", "mail");
    pool.listenerStarted(mail);
    pool.listenerStarted(other);
    say(pool, mail, "READY\n");
    say(pool, other, "READY\n");

    bus.publish(tick(5));
    bus.publish(tick(10));

    assertThat(other.payloads()).containsExactly("when:5");
    assertThat(mail.payloads()).containsExactly("when:10");
  }

  @Test
  void aFullBufferLosesItsOldestEventAndSaysSo() {
    ListenerPool pool = pool(2, "TICK");
    bus.publish(tick(5));
    bus.publish(tick(10));
    bus.publish(tick(15));
    pool.listenerStarted(mail);
    say(pool, mail, "READY\n");
    say(pool, mail, "RESULT 2\nOKREADY\n");

    assertThat(mail.payloads()).containsExactly("when:10", "when:15");
    assertThat(pool.info().discarded()).isEqualTo(1);
    assertThat(log.atLeast(LogLevel.ERRO))
        .containsExactly("ERRO pool mail event buffer overflowed, discarding event 0");
  }

  @Test
  void aFloodKeepsTheBufferAtItsSize() {
    ListenerPool pool = pool(10, "TICK");
    for (int i = 0; i < 10_000; i++) {
      bus.publish(tick(i));
    }

    assertThat(pool.info().buffered()).isEqualTo(10);
    assertThat(pool.info().discarded()).isEqualTo(9_990);
  }

  @Test
  void aRejectedEventIsSentAgainBeforeAllOthersWithItsOldNumbers() {
    ListenerPool pool = readyPool(10, "TICK");
    bus.publish(tick(5));
    bus.publish(tick(10));
    say(pool, mail, "RESULT 4\nFAILREADY\n");

    assertThat(mail.payloads()).containsExactly("when:5", "when:5");
    assertThat(mail.header("serial")).containsExactly("0", "0");
    assertThat(mail.header("poolserial")).containsExactly("0", "0");
    assertThat(log.lines).contains("DEBG rebuffering event 0 for pool mail (buf size=1, max=10)");
  }

  @Test
  void aRejectedEventPushesTheOldestOutOfAFullBuffer() {
    ListenerPool pool = readyPool(2, "TICK");
    bus.publish(tick(5));
    bus.publish(tick(10));
    bus.publish(tick(15));
    say(pool, mail, "RESULT 4\nFAIL");
    assertThat(log.atLeast(LogLevel.ERRO))
        .containsExactly("ERRO pool mail event buffer overflowed, discarding event 1");
    say(pool, mail, "READY\n");
    say(pool, mail, "RESULT 2\nOKREADY\n");

    assertThat(mail.payloads()).containsExactly("when:5", "when:5", "when:15");
  }

  @Test
  void anotherListenerTakesOverWhatOneRejects() {
    ListenerPool pool = pool(10, "TICK", "mail", "other");
    pool.listenerStarted(mail);
    pool.listenerStarted(other);
    say(pool, mail, "READY\n");
    bus.publish(tick(5));
    say(pool, other, "READY\n");
    say(pool, mail, "RESULT 4\nFAIL");

    assertThat(other.payloads()).containsExactly("when:5");
  }

  @Test
  void theEventOfAListenerThatDiesGoesToItsSuccessor() {
    ListenerPool pool = readyPool(10, "TICK");
    bus.publish(tick(5));
    pool.listenerExited(mail);
    assertThat(pool.info().listeners()).isEmpty();
    assertThat(pool.info().buffered()).isEqualTo(1);

    pool.listenerStarted(mail);
    assertThat(pool.info().listeners()).containsEntry("mail", ListenerState.ACKNOWLEDGED);
    say(pool, mail, "READY\n");

    assertThat(mail.header("serial")).containsExactly("0", "0");
  }

  @Test
  void lateNewsOfTheDeadDoNotReachItsSuccessor() {
    ListenerPool pool = readyPool(10, "TICK");
    RecordedListener successor = new RecordedListener("mail");
    pool.listenerStarted(successor);
    say(pool, successor, "READY\n");
    pool.sendFailed(mail);
    say(pool, mail, "garbage");
    pool.listenerExited(mail);
    bus.publish(tick(5));

    assertThat(successor.payloads()).containsExactly("when:5");
  }

  @Test
  void halfAResultOfTheDeadIsNotHeardFromItsSuccessor() {
    ListenerPool pool = readyPool(10, "TICK");
    bus.publish(tick(5));
    say(pool, mail, "RESULT 2\nO");
    pool.listenerExited(mail);
    pool.listenerStarted(mail);
    say(pool, mail, "READY\n");
    say(pool, mail, "RESULT 2\nOK");

    assertThat(pool.info().listeners()).containsEntry("mail", ListenerState.ACKNOWLEDGED);
    assertThat(pool.info().buffered()).isZero();
  }

  @Test
  void aListenerThatBrokeTheProtocolIsSentNothingUntilItIsStartedAgain() {
    ListenerPool pool = readyPool(10, "TICK");
    bus.publish(tick(5));
    say(pool, mail, "RESULT x\n");
    say(pool, mail, "READY\n");
    bus.publish(tick(10));
    assertThat(mail.received).hasSize(1);

    pool.listenerExited(mail);
    pool.listenerStarted(mail);
    say(pool, mail, "READY\n");

    assertThat(mail.payloads()).containsExactly("when:5", "when:5");
    assertThat(pool.info().buffered()).isEqualTo(1);
  }

  @Test
  void aResultHandlerThatFailsKeepsTheEvent() {
    ListenerPool pool =
        listening(
            PoolSections.judgedBy(Faulty.class.getName(), "mail", 10, List.of("TICK"), "mail"));
    pool.listenerStarted(mail);
    say(pool, mail, "READY\n");
    bus.publish(tick(5));
    say(pool, mail, "RESULT 2\nOK");

    assertThat(pool.info().listeners()).containsEntry("mail", ListenerState.UNKNOWN);
    assertThat(pool.info().buffered()).isEqualTo(1);
    assertThat(log.lines)
        .contains("WARN mail: event caused an error")
        .anyMatch(
            line ->
                line.startsWith(
                    "WARN the result handler of mail: uncaught"
                        + " java.lang.IllegalStateException: cannot tell at "
                        + Faulty.class.getName()));
  }

  @Test
  void aClosedStdinLeavesTheEventToTheNextListener() {
    mail.stdinOpen = false;
    ListenerPool pool = pool(10, "TICK", "mail", "other");
    pool.listenerStarted(mail);
    pool.listenerStarted(other);
    say(pool, mail, "READY\n");
    say(pool, other, "READY\n");

    bus.publish(tick(5));

    assertThat(other.payloads()).containsExactly("when:5");
    assertThat(pool.info().listeners()).containsEntry("mail", ListenerState.READY);
    assertThat(log.lines)
        .contains(
            "DEBG epipe occurred while sending event 0 to listener mail, listener state unchanged");
  }

  @Test
  void anEventThatNobodyCouldBeSentStaysTheOldest() {
    mail.stdinOpen = false;
    ListenerPool pool = readyPool(10, "TICK");
    bus.publish(tick(5));
    bus.publish(tick(10));
    mail.stdinOpen = true;
    bus.publish(tick(15));

    assertThat(mail.payloads()).containsExactly("when:5");
    assertThat(pool.info().buffered()).isEqualTo(2);
  }

  @Test
  void aPipeThatBreaksAfterSendingGivesTheEventToTheNextListenerOnce() {
    ListenerPool pool = pool(10, "TICK", "mail", "other");
    pool.listenerStarted(mail);
    pool.listenerStarted(other);
    say(pool, mail, "READY\n");
    bus.publish(tick(5));
    say(pool, other, "READY\n");

    pool.sendFailed(mail);
    pool.sendFailed(mail);
    pool.listenerExited(mail);

    assertThat(mail.payloads()).containsExactly("when:5");
    assertThat(other.payloads()).containsExactly("when:5");
    assertThat(pool.info().buffered()).isZero();
  }

  @Test
  void twoPoolsShareTheSerialButNotThePoolSerial() {
    readyPool(10, "TICK");
    ListenerPool second = listening(PoolSections.pool("others", 10, List.of("EVENT"), "other"));
    second.listenerStarted(other);
    say(second, other, "READY\n");

    bus.publish(new Event.GroupAdded("web"));
    bus.publish(tick(5));
    say(second, other, "RESULT 2\nOKREADY\n");

    assertThat(mail.header("serial")).containsExactly("1");
    assertThat(mail.header("poolserial")).containsExactly("0");
    assertThat(other.header("serial")).containsExactly("0", "1");
    assertThat(other.header("poolserial")).containsExactly("0", "1");
  }

  @Test
  void aBufferIsBoundedInBytesTooAndTheOldestMakesWay() {
    MemoryBudget budget = new MemoryBudget(10_000);
    GroupConfig.EventListeners section =
        PoolSections.pool("mail", 1000, List.of("REMOTE_COMMUNICATION"), "mail");
    ListenerPool pool =
        new ListenerPool(section, ResultHandlers.of(section), "supervisor", bus, log, budget);

    for (int i = 0; i < 10; i++) {
      bus.publish(new Event.RemoteCommunication("x", Bytes.utf8("y".repeat(2_000))));
    }

    assertThat(pool.info().buffered()).isEqualTo(4);
    assertThat(pool.info().discarded()).isEqualTo(6);
    assertThat(budget.held()).isPositive().isLessThanOrEqualTo(budget.limit());
    assertThat(log.lines).contains("ERRO pool mail event buffer overflowed, discarding event 0");
    pool.close();
    assertThat(budget.held()).isZero();
  }

  @Test
  void anEventForWhichThereIsNoMemoryAtAllIsDiscarded() {
    GroupConfig.EventListeners section =
        PoolSections.pool("mail", 1000, List.of("REMOTE_COMMUNICATION"), "mail");
    ListenerPool pool =
        new ListenerPool(
            section, ResultHandlers.of(section), "supervisor", bus, log, new MemoryBudget(100));

    bus.publish(new Event.RemoteCommunication("x", Bytes.utf8("y")));

    assertThat(pool.info().buffered()).isZero();
    assertThat(log.lines).contains("ERRO pool mail event buffer overflowed, discarding event 0");
  }

  @Test
  void aClosedPoolHearsNothing() {
    ListenerPool pool = readyPool(10, "TICK");
    pool.close();
    bus.publish(tick(5));

    assertThat(mail.received).isEmpty();
    assertThat(pool.info().buffered()).isZero();
  }

  @Test
  void whatAListenerWritesIsInTheDebugLog() {
    readyPool(10, "TICK");

    assertThat(log.lines).contains("DEBG 'mail' stdout output:\nb'READY\\n'");
  }

  @Test
  void anUnknownEventNameIsRefused() {
    assertThatThrownBy(() -> pool(10, "TICK_7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Unknown event type TICK_7 in [eventlistener:mail] events");
  }

  private ListenerPool readyPool(int bufferSize, String... events) {
    ListenerPool pool = listening(PoolSections.pool("mail", bufferSize, List.of(events), "mail"));
    pool.listenerStarted(mail);
    say(pool, mail, "READY\n");
    return pool;
  }

  private ListenerPool pool(int bufferSize, String event, String... processes) {
    String[] names = processes.length == 0 ? new String[] {"mail"} : processes;
    return listening(PoolSections.pool("mail", bufferSize, List.of(event), names));
  }

  private ListenerPool listening(GroupConfig.EventListeners section) {
    return new ListenerPool(section, ResultHandlers.of(section), "supervisor", bus, log);
  }

  private static Event tick(long when) {
    return new Event.Tick(5, when);
  }

  private static void say(ListenerPool pool, EventListener listener, String output) {
    pool.listenerOutput(listener, Bytes.utf8(output));
  }
}

package ee.supervisor.listener;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.LogLevel;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.event.Event;
import ee.supervisor.event.ResultHandler;
import ee.supervisor.text.Bytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps the events of one {@code [eventlistener:x]} section until a process of it has dealt with
 * them. Each event goes to the first of its processes that is ready, oldest event first.
 *
 * <p>Confined to the control loop, but for {@link #info()}. Its owner reports what happens to the
 * processes; that one of them has become RUNNING it hears on the bus.
 */
public final class ListenerPool implements AutoCloseable {
  private final GroupConfig.EventListeners config;
  private final String identifier;
  private final EventBus bus;
  private final EventLog log;
  private final ResultHandler handler;
  private final List<Event.Type> types;
  private final Subscription subscription;
  private final Deque<BufferedEvent> buffer = new ArrayDeque<>();

  /** What the buffer holds: events are bounded in number by buffer_size, and here in bytes. */
  private final MemoryBudget.Account held;

  private final Map<String, ListenerSession> sessions = new HashMap<>();
  private final Serial serials = new Serial();
  private long discarded;
  private volatile ListenerPoolInfo info = new ListenerPoolInfo(0, 0, Map.of());

  /**
   * A pool that hears events from now on.
   *
   * @param config its section
   * @param handler what its result_handler names
   * @param identifier supervisord's identifier, sent with every event
   * @param bus where its events come from
   * @param log takes its lines of the activity log
   * @throws IllegalArgumentException if an event name is unknown; the text is for the operator
   */
  public ListenerPool(
      GroupConfig.EventListeners config,
      ResultHandler handler,
      String identifier,
      EventBus bus,
      EventLog log) {
    this(config, handler, identifier, bus, log, MemoryBudget.ofEngine());
  }

  ListenerPool(
      GroupConfig.EventListeners config,
      ResultHandler handler,
      String identifier,
      EventBus bus,
      EventLog log,
      MemoryBudget budget) {
    this.held = budget.open();
    this.config = config;
    this.identifier = identifier;
    this.bus = bus;
    this.log = log;
    this.handler = handler;
    this.types = config.events().stream().map(this::typeNamed).toList();
    this.subscription = bus.subscribeToAll(this::heard);
  }

  /** The pool's name, that of its group. */
  public String name() {
    return config.name();
  }

  /** A process was started: it is ACKNOWLEDGED. */
  public void listenerStarted(EventListener listener) {
    ListenerSession started = new ListenerSession(listener, handler, this::takeBack, log);
    ListenerSession former = sessions.put(listener.name(), started);
    if (former != null) {
      former.ended();
    }
    publishInfo();
  }

  /** A process wrote to its stdout; chunks may be cut anywhere. */
  public void listenerOutput(EventListener listener, Bytes output) {
    log.log(
        LogLevel.DEBG,
        () -> "'%s' stdout output:\n%s".formatted(listener.name(), output.literal()));
    session(listener).ifPresent(session -> session.receive(output));
    dispatch();
  }

  /** The stdin of a process broke before all that was sent had been written to it. */
  public void sendFailed(EventListener listener) {
    session(listener).ifPresent(ListenerSession::sendFailed);
    dispatch();
  }

  /** A process exited, and all its output was handed over. */
  public void listenerExited(EventListener listener) {
    Optional<ListenerSession> ended = session(listener);
    if (ended.isPresent()) {
      sessions.remove(listener.name());
      ended.get().ended();
      dispatch();
    }
  }

  /** What the pool is about; for any thread. */
  public ListenerPoolInfo info() {
    return info;
  }

  /** Ends the subscription: for a group that is removed. */
  @Override
  public void close() {
    subscription.close();
    held.close();
  }

  private void heard(Event event) {
    Event.Type type = event.eventType();
    long times = types.stream().filter(each -> each.covers(type)).count();
    if (times > 0) {
      take(new BufferedEvent(event, bus.serial(), serials.next()), times);
    }
    if (times > 0 || type == Event.Type.PROCESS_STATE_RUNNING) {
      dispatch();
    }
  }

  /** Once for each name in events= that covers it, as Supervisor does; its numbers are the same. */
  private void take(BufferedEvent event, long times) {
    for (long i = 0; i < times; i++) {
      if (i > 0) {
        logRebuffering(event);
      }
      if (makeRoom(event)) {
        buffer.addLast(event);
      }
    }
  }

  private void takeBack(BufferedEvent event) {
    logRebuffering(event);
    if (makeRoom(event)) {
      buffer.addFirst(event);
    }
  }

  /** Discards the oldest events until there is room, or this one if there is none at all. */
  private boolean makeRoom(BufferedEvent event) {
    if (buffer.size() >= config.bufferSize()) {
      discard(removeFirst());
    }
    while (!held.take(event.bytes())) {
      if (buffer.isEmpty()) {
        discard(event);
        return false;
      }
      discard(removeFirst());
    }
    return true;
  }

  private BufferedEvent removeFirst() {
    BufferedEvent oldest = buffer.removeFirst();
    held.give(oldest.bytes());
    return oldest;
  }

  private void discard(BufferedEvent event) {
    discarded++;
    log.log(
        LogLevel.ERRO,
        () ->
            "pool %s event buffer overflowed, discarding event %d"
                .formatted(name(), event.serial()));
  }

  private void dispatch() {
    if (!readyListeners().isEmpty()) {
      sendBuffered();
    }
    publishInfo();
  }

  private void sendBuffered() {
    while (!buffer.isEmpty()) {
      BufferedEvent oldest = removeFirst();
      if (!send(oldest)) {
        logRebuffering(oldest);
        // Uncounted for no longer than the attempt took: there is room.
        if (makeRoom(oldest)) {
          buffer.addFirst(oldest);
        }
        return;
      }
    }
  }

  private void publishInfo() {
    Map<String, ListenerState> listeners = new HashMap<>();
    sessions.forEach((name, session) -> listeners.put(name, session.state()));
    info = new ListenerPoolInfo(buffer.size(), discarded, listeners);
  }

  private boolean send(BufferedEvent event) {
    List<ListenerSession> ready = readyListeners();
    if (ready.isEmpty()) {
      return false;
    }
    Bytes envelope =
        new EventEnvelope(identifier, event.serial(), name(), event.poolSerial(), event.event())
            .toBytes();
    return ready.stream().anyMatch(listener -> listener.send(event, envelope));
  }

  /** In the order of the section's processes, which is the order Supervisor asks them in. */
  private List<ListenerSession> readyListeners() {
    return config.processes().stream()
        .map(ProcessConfig::name)
        .map(sessions::get)
        .filter(Objects::nonNull)
        .filter(ListenerSession::isReady)
        .toList();
  }

  /** The session of this very run: late news of a former one must not reach its successor. */
  private Optional<ListenerSession> session(EventListener listener) {
    return Optional.ofNullable(sessions.get(listener.name()))
        .filter(session -> session.isOf(listener));
  }

  private void logRebuffering(BufferedEvent event) {
    log.log(
        LogLevel.DEBG,
        () ->
            "rebuffering event %d for pool %s (buf size=%d, max=%d)"
                .formatted(event.serial(), name(), buffer.size(), config.bufferSize()));
  }

  private Event.Type typeNamed(String eventName) {
    return Event.Type.named(eventName)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Unknown event type %s in [eventlistener:%s] events"
                        .formatted(eventName, name())));
  }
}

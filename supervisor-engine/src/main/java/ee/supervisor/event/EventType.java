package ee.supervisor.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The names of events and how they nest (manual: "Event Types"): a listener that subscribes to a
 * type hears every type below it as well.
 */
public enum EventType {
  EVENT(null),
  PROCESS_STATE(EVENT),
  PROCESS_STATE_STOPPED(PROCESS_STATE),
  PROCESS_STATE_EXITED(PROCESS_STATE),
  PROCESS_STATE_STARTING(PROCESS_STATE),
  PROCESS_STATE_STOPPING(PROCESS_STATE),
  PROCESS_STATE_BACKOFF(PROCESS_STATE),
  PROCESS_STATE_FATAL(PROCESS_STATE),
  PROCESS_STATE_RUNNING(PROCESS_STATE),
  PROCESS_STATE_UNKNOWN(PROCESS_STATE),
  PROCESS_COMMUNICATION(EVENT),
  PROCESS_COMMUNICATION_STDOUT(PROCESS_COMMUNICATION),
  PROCESS_COMMUNICATION_STDERR(PROCESS_COMMUNICATION),
  PROCESS_LOG(EVENT),
  PROCESS_LOG_STDOUT(PROCESS_LOG),
  PROCESS_LOG_STDERR(PROCESS_LOG),
  REMOTE_COMMUNICATION(EVENT),
  SUPERVISOR_STATE_CHANGE(EVENT),
  SUPERVISOR_STATE_CHANGE_RUNNING(SUPERVISOR_STATE_CHANGE),
  SUPERVISOR_STATE_CHANGE_STOPPING(SUPERVISOR_STATE_CHANGE),
  TICK(EVENT),
  TICK_5(TICK),
  TICK_60(TICK),
  TICK_3600(TICK),
  PROCESS_GROUP(EVENT),
  PROCESS_GROUP_ADDED(PROCESS_GROUP),
  PROCESS_GROUP_REMOVED(PROCESS_GROUP);

  private static final Map<String, EventType> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

  private final EventType parent;

  EventType(EventType parent) {
    this.parent = parent;
  }

  /** The type one step up; empty for EVENT. */
  public Optional<EventType> parent() {
    return Optional.ofNullable(parent);
  }

  /** Whether a subscription to this type hears events of {@code type}: the same, or below it. */
  public boolean covers(EventType type) {
    for (EventType each = type; each != null; each = each.parent) {
      if (each == this) {
        return true;
      }
    }
    return false;
  }

  /** The type of that name, in capitals as the manual writes it; empty if there is none. */
  public static Optional<EventType> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The type of {@code event}, the most specific one. */
  public static EventType of(Event event) {
    if (event instanceof Event.ProcessStateChanged change) {
      return ofState(change.to());
    }
    if (event instanceof Event.ProcessLog log) {
      return log.channel() == Event.Channel.STDOUT ? PROCESS_LOG_STDOUT : PROCESS_LOG_STDERR;
    }
    if (event instanceof Event.ProcessCommunication message) {
      return message.channel() == Event.Channel.STDOUT
          ? PROCESS_COMMUNICATION_STDOUT
          : PROCESS_COMMUNICATION_STDERR;
    }
    if (event instanceof Event.RemoteCommunication) {
      return REMOTE_COMMUNICATION;
    }
    if (event instanceof Event.SupervisorStateChanged change) {
      return change.running() ? SUPERVISOR_STATE_CHANGE_RUNNING : SUPERVISOR_STATE_CHANGE_STOPPING;
    }
    if (event instanceof Event.Tick tick) {
      return ofPeriod(tick.period());
    }
    return event instanceof Event.GroupAdded ? PROCESS_GROUP_ADDED : PROCESS_GROUP_REMOVED;
  }

  private static EventType ofState(ProcessState state) {
    return switch (state) {
      case STOPPED -> PROCESS_STATE_STOPPED;
      case EXITED -> PROCESS_STATE_EXITED;
      case STARTING -> PROCESS_STATE_STARTING;
      case STOPPING -> PROCESS_STATE_STOPPING;
      case BACKOFF -> PROCESS_STATE_BACKOFF;
      case FATAL -> PROCESS_STATE_FATAL;
      case RUNNING -> PROCESS_STATE_RUNNING;
      case UNKNOWN -> PROCESS_STATE_UNKNOWN;
    };
  }

  private static EventType ofPeriod(int seconds) {
    return switch (seconds) {
      case 5 -> TICK_5;
      case 60 -> TICK_60;
      case 3600 -> TICK_3600;
      default ->
          throw new IllegalArgumentException("no TICK event has a period of " + seconds + " s");
    };
  }
}

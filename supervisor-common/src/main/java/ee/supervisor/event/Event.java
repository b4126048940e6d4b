package ee.supervisor.event;

import ee.supervisor.text.Bytes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Something that happened (manual: "Event Types"); what listeners subscribe to.
 *
 * <p>A record says all there is to say about an event: listener processes, CDI observers, clients
 * of JMX and REST are given what it says, and need not know which record it is. A new one takes its
 * place here, in {@code docs/events.md}, and in the test of this class.
 */
public sealed interface Event {

  /** About what an event takes of the heap beyond the data it carries. */
  long OVERHEAD_BYTES = 256;

  /** Its type, the most specific one. */
  Type eventType();

  /** What a listener process reads after the header line. */
  String payload();

  /** The process that it is about, if it is about one. */
  Optional<Source> source();

  /**
   * What it says beyond type and source, by name, in the order in which it is shown. Values are
   * strings, numbers, booleans and {@link Bytes}.
   */
  Map<String, Object> details();

  /** A line for people. */
  String summary();

  /** About what it takes of the heap. */
  default long bytes() {
    return OVERHEAD_BYTES;
  }

  /**
   * The names of events and how they nest: who subscribes to a type hears every type below it as
   * well. These are the names that {@code events=} may have.
   */
  enum Type {
    EVENT(null),
    PROCESS_STATE(EVENT, "jmx.attribute.change"),
    PROCESS_STATE_STOPPED(PROCESS_STATE),
    PROCESS_STATE_EXITED(PROCESS_STATE),
    PROCESS_STATE_STARTING(PROCESS_STATE),
    PROCESS_STATE_STOPPING(PROCESS_STATE),
    PROCESS_STATE_BACKOFF(PROCESS_STATE),
    PROCESS_STATE_FATAL(PROCESS_STATE),
    PROCESS_STATE_RUNNING(PROCESS_STATE),
    PROCESS_STATE_UNKNOWN(PROCESS_STATE),
    PROCESS_COMMUNICATION(EVENT, "ee.supervisor.process.communication"),
    PROCESS_COMMUNICATION_STDOUT(PROCESS_COMMUNICATION),
    PROCESS_COMMUNICATION_STDERR(PROCESS_COMMUNICATION),
    PROCESS_LOG(EVENT),
    PROCESS_LOG_STDOUT(PROCESS_LOG),
    PROCESS_LOG_STDERR(PROCESS_LOG),
    REMOTE_COMMUNICATION(EVENT),
    SUPERVISOR_STATE_CHANGE(EVENT),
    SUPERVISOR_STATE_CHANGE_RUNNING(SUPERVISOR_STATE_CHANGE, "ee.supervisor.running"),
    SUPERVISOR_STATE_CHANGE_STOPPING(SUPERVISOR_STATE_CHANGE, "ee.supervisor.stopping"),
    TICK(EVENT),
    TICK_5(TICK),
    TICK_60(TICK),
    TICK_3600(TICK),
    PROCESS_GROUP(EVENT),
    PROCESS_GROUP_ADDED(PROCESS_GROUP, "ee.supervisor.group.added"),
    PROCESS_GROUP_REMOVED(PROCESS_GROUP, "ee.supervisor.group.removed"),
    /** Below none, since Supervisor has no such event: who did not ask for it is not sent it. */
    PROCESS_DEPENDENCY_FAILED(null, "ee.supervisor.process.dependency"),
    /** Below none, as the one above. */
    PROCESS_READY(null, "ee.supervisor.process.ready"),
    /** Below none, as the one above. */
    PROCESS_UNREADY(null, "ee.supervisor.process.unready");

    private static final Map<String, Type> BY_NAME =
        Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

    private final Type parent;
    private final String notification;

    /** A type whose notification is that of the type above it. */
    Type(Type parent) {
      this(parent, parent == null ? null : parent.notification);
    }

    Type(Type parent, String notification) {
      this.parent = parent;
      this.notification = notification;
    }

    /** The type one step up; empty for EVENT, and for what is not Supervisor's. */
    public Optional<Type> parent() {
      return Optional.ofNullable(parent);
    }

    /** The type of the JMX notifications that announce it; empty if JMX does not. */
    public Optional<String> notification() {
      return Optional.ofNullable(notification);
    }

    /** Whether a subscription to this type hears events of {@code type}: the same, or below it. */
    public boolean covers(Type type) {
      for (Type each = type; each != null; each = each.parent) {
        if (each == this) {
          return true;
        }
      }
      return false;
    }

    /** The type of that name, in capitals as the manual writes it; empty if there is none. */
    public static Optional<Type> named(String name) {
      return Optional.ofNullable(BY_NAME.get(name));
    }
  }

  /**
   * The process that an event is about.
   *
   * @param pid its process id, 0 when it has none
   */
  record Source(String group, String process, int pid) {}

  /**
   * A process changed state.
   *
   * @param pid the process id, 0 when there is none
   * @param tries failed starts so far (STARTING, BACKOFF)
   * @param expected for EXITED: whether the exit code was one of exitcodes
   */
  record ProcessStateChanged(
      String process,
      String group,
      ProcessState from,
      ProcessState to,
      int pid,
      int tries,
      boolean expected)
      implements Event {

    @Override
    public Type eventType() {
      return switch (to) {
        case STOPPED -> Type.PROCESS_STATE_STOPPED;
        case EXITED -> Type.PROCESS_STATE_EXITED;
        case STARTING -> Type.PROCESS_STATE_STARTING;
        case STOPPING -> Type.PROCESS_STATE_STOPPING;
        case BACKOFF -> Type.PROCESS_STATE_BACKOFF;
        case FATAL -> Type.PROCESS_STATE_FATAL;
        case RUNNING -> Type.PROCESS_STATE_RUNNING;
        case UNKNOWN -> Type.PROCESS_STATE_UNKNOWN;
      };
    }

    @Override
    public String payload() {
      String common = "processname:%s groupname:%s from_state:%s".formatted(process, group, from);
      return switch (to) {
        case STARTING, BACKOFF -> common + " tries:" + tries;
        case RUNNING, STOPPING, STOPPED -> common + " pid:" + pid;
        case EXITED -> common + " expected:%d pid:%d".formatted(expected ? 1 : 0, pid);
        case FATAL, UNKNOWN -> common;
      };
    }

    @Override
    public Optional<Source> source() {
      return Optional.of(new Source(group, process, pid));
    }

    @Override
    public Map<String, Object> details() {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("from", from.name());
      details.put("to", to.name());
      details.put("tries", tries);
      details.put("expected", expected);
      return details;
    }

    @Override
    public String summary() {
      return "%s:%s %s -> %s".formatted(group, process, from, to);
    }
  }

  /** A process wrote to a stream whose {@code *_events_enabled} is set. */
  record ProcessLog(String process, String group, int pid, Channel channel, Bytes data)
      implements Event {

    @Override
    public Type eventType() {
      return switch (channel) {
        case STDOUT -> Type.PROCESS_LOG_STDOUT;
        case STDERR -> Type.PROCESS_LOG_STDERR;
      };
    }

    @Override
    public String payload() {
      return "processname:%s groupname:%s pid:%d channel:%s\n%s"
          .formatted(process, group, pid, channel, data.text());
    }

    @Override
    public Optional<Source> source() {
      return Optional.of(new Source(group, process, pid));
    }

    @Override
    public Map<String, Object> details() {
      return sent("channel", channel.toString(), data);
    }

    @Override
    public String summary() {
      return "%s:%s %s: %s".formatted(group, process, channel, data);
    }

    @Override
    public long bytes() {
      return OVERHEAD_BYTES + data.length();
    }
  }

  /** A process sent something between the PROCESS_COMMUNICATION tokens. */
  record ProcessCommunication(String process, String group, int pid, Channel channel, Bytes data)
      implements Event {

    @Override
    public Type eventType() {
      return switch (channel) {
        case STDOUT -> Type.PROCESS_COMMUNICATION_STDOUT;
        case STDERR -> Type.PROCESS_COMMUNICATION_STDERR;
      };
    }

    @Override
    public String payload() {
      return "processname:%s groupname:%s pid:%d\n%s".formatted(process, group, pid, data.text());
    }

    @Override
    public Optional<Source> source() {
      return Optional.of(new Source(group, process, pid));
    }

    @Override
    public Map<String, Object> details() {
      return sent("channel", channel.toString(), data);
    }

    @Override
    public String summary() {
      return "%s:%s: %s".formatted(group, process, data);
    }

    @Override
    public long bytes() {
      return OVERHEAD_BYTES + data.length();
    }
  }

  /**
   * What a process waits for has become FATAL; it goes on waiting.
   *
   * @param process who waits
   * @param group its group
   * @param dependency what it waits for, as operators write its name
   */
  record DependencyFailed(String process, String group, String dependency) implements Event {

    @Override
    public Type eventType() {
      return Type.PROCESS_DEPENDENCY_FAILED;
    }

    @Override
    public String payload() {
      return "processname:%s groupname:%s dependency:%s".formatted(process, group, dependency);
    }

    @Override
    public Optional<Source> source() {
      return Optional.of(new Source(group, process, 0));
    }

    @Override
    public Map<String, Object> details() {
      return Map.of("dependency", dependency);
    }

    @Override
    public String summary() {
      return "%s:%s waits for %s, which is FATAL".formatted(group, process, dependency);
    }
  }

  /**
   * A process whose readiness is known by a check, or from itself, has become ready, or is so no
   * longer: the check fails, or it is not RUNNING any more.
   *
   * @param pid the process id, 0 when there is none
   */
  record ReadinessChanged(String process, String group, int pid, boolean ready) implements Event {

    @Override
    public Type eventType() {
      return ready ? Type.PROCESS_READY : Type.PROCESS_UNREADY;
    }

    @Override
    public String payload() {
      return "processname:%s groupname:%s pid:%d".formatted(process, group, pid);
    }

    @Override
    public Optional<Source> source() {
      return Optional.of(new Source(group, process, pid));
    }

    @Override
    public Map<String, Object> details() {
      return Map.of("ready", ready);
    }

    @Override
    public String summary() {
      return "%s:%s is %s".formatted(group, process, ready ? "ready" : "not ready any more");
    }
  }

  /** {@code supervisor.sendRemoteCommEvent} was called. */
  record RemoteCommunication(String type, Bytes data) implements Event {

    @Override
    public Type eventType() {
      return Type.REMOTE_COMMUNICATION;
    }

    @Override
    public String payload() {
      return "type:%s\n%s".formatted(type, data.text());
    }

    @Override
    public Optional<Source> source() {
      return Optional.empty();
    }

    @Override
    public Map<String, Object> details() {
      return sent("name", type, data);
    }

    @Override
    public String summary() {
      return "%s: %s".formatted(type, data);
    }

    @Override
    public long bytes() {
      return OVERHEAD_BYTES + 2L * type.length() + data.length();
    }
  }

  /** supervisord is running, or has begun to stop. */
  record SupervisorStateChanged(boolean running) implements Event {

    @Override
    public Type eventType() {
      return running ? Type.SUPERVISOR_STATE_CHANGE_RUNNING : Type.SUPERVISOR_STATE_CHANGE_STOPPING;
    }

    @Override
    public String payload() {
      return "";
    }

    @Override
    public Optional<Source> source() {
      return Optional.empty();
    }

    @Override
    public Map<String, Object> details() {
      return Map.of();
    }

    @Override
    public String summary() {
      return running ? "supervisord is running" : "supervisord is stopping";
    }
  }

  /** A time slice of {@code period} seconds began at {@code when} (seconds since the epoch). */
  record Tick(int period, long when) implements Event {

    /** The lengths of the slices, in seconds, shortest first. */
    public static final List<Integer> PERIODS = List.of(5, 60, 3600);

    @Override
    public Type eventType() {
      return switch (period) {
        case 5 -> Type.TICK_5;
        case 60 -> Type.TICK_60;
        case 3600 -> Type.TICK_3600;
        default ->
            throw new IllegalArgumentException("no TICK event has a period of " + period + " s");
      };
    }

    @Override
    public String payload() {
      return "when:" + when;
    }

    @Override
    public Optional<Source> source() {
      return Optional.empty();
    }

    @Override
    public Map<String, Object> details() {
      return Map.of("when", when);
    }

    @Override
    public String summary() {
      return "%d s went by".formatted(period);
    }
  }

  /** A process group was added to the running supervisord. */
  record GroupAdded(String group) implements Event {

    @Override
    public Type eventType() {
      return Type.PROCESS_GROUP_ADDED;
    }

    @Override
    public String payload() {
      return "groupname:%s\n".formatted(group);
    }

    @Override
    public Optional<Source> source() {
      return Optional.empty();
    }

    @Override
    public Map<String, Object> details() {
      return Map.of("group", group);
    }

    @Override
    public String summary() {
      return "group %s added".formatted(group);
    }
  }

  /** A process group was removed. */
  record GroupRemoved(String group) implements Event {

    @Override
    public Type eventType() {
      return Type.PROCESS_GROUP_REMOVED;
    }

    @Override
    public String payload() {
      return "groupname:%s\n".formatted(group);
    }

    @Override
    public Optional<Source> source() {
      return Optional.empty();
    }

    @Override
    public Map<String, Object> details() {
      return Map.of("group", group);
    }

    @Override
    public String summary() {
      return "group %s removed".formatted(group);
    }
  }

  private static Map<String, Object> sent(String key, String value, Bytes data) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put(key, value);
    details.put("data", data);
    return details;
  }
}

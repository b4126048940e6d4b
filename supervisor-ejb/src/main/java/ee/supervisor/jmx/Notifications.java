package ee.supervisor.jmx;

import ee.supervisor.event.Event;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.management.AttributeChangeNotification;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.ObjectName;

/**
 * Makes JMX notifications out of events, numbered in one sequence for all beans: on the
 * supervisor's bean, which sends them all, a gap means that a client has missed some.
 *
 * <p>Confined to the thread of {@link JmxRegistry}.
 */
final class Notifications {
  /** A group became active; the source is the supervisor's bean, as for the types below. */
  static final String GROUP_ADDED = "ee.supervisor.group.added";

  /** A group became inactive. */
  static final String GROUP_REMOVED = "ee.supervisor.group.removed";

  /** supervisord runs, for the first time or after a reload. */
  static final String RUNNING = "ee.supervisor.running";

  /** supervisord has begun to stop, for good or for a reload. */
  static final String STOPPING = "ee.supervisor.stopping";

  /** A process sent something between the PROCESS_COMMUNICATION tokens; the source is its bean. */
  static final String COMMUNICATION = "ee.supervisor.process.communication";

  private static final MBeanNotificationInfo STATE_INFO =
      new MBeanNotificationInfo(
          new String[] {AttributeChangeNotification.ATTRIBUTE_CHANGE},
          AttributeChangeNotification.class.getName(),
          "StateName of a process changed; user data: group, name, pid, tries, expected");
  private static final MBeanNotificationInfo COMMUNICATION_INFO =
      new MBeanNotificationInfo(
          new String[] {COMMUNICATION},
          Notification.class.getName(),
          "What a process sent by PROCESS_COMMUNICATION; user data: group, name, pid, channel, data");
  private static final MBeanNotificationInfo SUPERVISOR_INFO =
      new MBeanNotificationInfo(
          new String[] {GROUP_ADDED, GROUP_REMOVED, RUNNING, STOPPING},
          Notification.class.getName(),
          "A group became active or inactive (user data: group); supervisord runs or stops");

  private final Clock clock;
  private long sequence;

  Notifications(Clock clock) {
    this.clock = clock;
  }

  /** What a process's bean sends. */
  static MBeanNotificationInfo[] ofProcess() {
    return new MBeanNotificationInfo[] {STATE_INFO, COMMUNICATION_INFO};
  }

  /** What the supervisor's bean sends: everything. */
  static MBeanNotificationInfo[] ofSupervisor() {
    return new MBeanNotificationInfo[] {STATE_INFO, COMMUNICATION_INFO, SUPERVISOR_INFO};
  }

  /** Whether JMX clients are told of {@code event} at all. */
  static boolean concerns(Event event) {
    return event instanceof Event.ProcessStateChanged
        || event instanceof Event.ProcessCommunication
        || event instanceof Event.GroupAdded
        || event instanceof Event.GroupRemoved
        || event instanceof Event.SupervisorStateChanged;
  }

  /**
   * The next notification.
   *
   * @param source the bean it is about
   * @return empty for an event that does not concern JMX clients
   */
  Optional<Notification> of(Event event, ObjectName source) {
    if (event instanceof Event.ProcessStateChanged change) {
      return Optional.of(stateChange(change, source));
    }
    if (event instanceof Event.ProcessCommunication communication) {
      return Optional.of(communication(communication, source));
    }
    if (event instanceof Event.GroupAdded added) {
      return Optional.of(group(GROUP_ADDED, added.group(), "added", source));
    }
    if (event instanceof Event.GroupRemoved removed) {
      return Optional.of(group(GROUP_REMOVED, removed.group(), "removed", source));
    }
    if (event instanceof Event.SupervisorStateChanged change) {
      return Optional.of(
          change.running()
              ? plain(RUNNING, source, "supervisord is running")
              : plain(STOPPING, source, "supervisord is stopping"));
    }
    return Optional.empty();
  }

  private Notification stateChange(Event.ProcessStateChanged change, ObjectName source) {
    Notification notification =
        new AttributeChangeNotification(
            source,
            ++sequence,
            clock.millis(),
            "%s:%s %s -> %s"
                .formatted(change.group(), change.process(), change.from(), change.to()),
            "StateName",
            String.class.getName(),
            change.from().name(),
            change.to().name());
    Map<String, Object> data = subject(change.group(), change.process(), change.pid());
    data.put("tries", change.tries());
    data.put("expected", change.expected());
    notification.setUserData(data);
    return notification;
  }

  private Notification communication(Event.ProcessCommunication sent, ObjectName source) {
    Notification notification =
        plain(
            COMMUNICATION,
            source,
            "%s:%s: %s".formatted(sent.group(), sent.process(), sent.data()));
    Map<String, Object> data = subject(sent.group(), sent.process(), sent.pid());
    data.put("channel", sent.channel().name().toLowerCase(Locale.ROOT));
    data.put("data", sent.data().toByteArray());
    notification.setUserData(data);
    return notification;
  }

  private Notification group(String type, String group, String what, ObjectName source) {
    Notification notification = plain(type, source, "group %s %s".formatted(group, what));
    notification.setUserData(new LinkedHashMap<>(Map.of("group", group)));
    return notification;
  }

  private Notification plain(String type, ObjectName source, String message) {
    return new Notification(type, source, ++sequence, clock.millis(), message);
  }

  private static Map<String, Object> subject(String group, String name, int pid) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("group", group);
    data.put("name", name);
    data.put("pid", pid);
    return data;
  }
}

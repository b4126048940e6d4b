package ee.supervisor.jmx;

import ee.supervisor.event.Event;
import ee.supervisor.text.Bytes;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
  private static final String COMMUNICATION =
      Event.Type.PROCESS_COMMUNICATION.notification().orElseThrow();

  private static final MBeanNotificationInfo STATE_INFO =
      new MBeanNotificationInfo(
          new String[] {AttributeChangeNotification.ATTRIBUTE_CHANGE},
          AttributeChangeNotification.class.getName(),
          "StateName of a process changed; user data: group, name, pid, from, to, tries, expected");
  private static final MBeanNotificationInfo COMMUNICATION_INFO =
      new MBeanNotificationInfo(
          new String[] {COMMUNICATION},
          Notification.class.getName(),
          "What a process sent by PROCESS_COMMUNICATION; user data: group, name, pid, channel, data");
  private static final String[] OWN_TYPES = {
    Event.Type.PROCESS_DEPENDENCY_FAILED.notification().orElseThrow(),
    Event.Type.PROCESS_READY.notification().orElseThrow(),
    Event.Type.PROCESS_UNREADY.notification().orElseThrow()
  };
  private static final MBeanNotificationInfo OWN_INFO =
      new MBeanNotificationInfo(
          OWN_TYPES,
          Notification.class.getName(),
          "What a process waits for is FATAL; it is ready, or not any more; user data: group, name,"
              + " pid, dependency or ready");
  private static final MBeanNotificationInfo SUPERVISOR_INFO =
      new MBeanNotificationInfo(
          typesBeside(
              Stream.concat(
                      Stream.of(AttributeChangeNotification.ATTRIBUTE_CHANGE, COMMUNICATION),
                      Stream.of(OWN_TYPES))
                  .toList()),
          Notification.class.getName(),
          "A group became active or inactive (user data: group); supervisord runs or stops");

  private final Clock clock;
  private long sequence;

  Notifications(Clock clock) {
    this.clock = clock;
  }

  /** What a process's bean sends. */
  static MBeanNotificationInfo[] ofProcess() {
    return new MBeanNotificationInfo[] {STATE_INFO, COMMUNICATION_INFO, OWN_INFO};
  }

  /** What the supervisor's bean sends: everything. */
  static MBeanNotificationInfo[] ofSupervisor() {
    return new MBeanNotificationInfo[] {STATE_INFO, COMMUNICATION_INFO, OWN_INFO, SUPERVISOR_INFO};
  }

  private static String[] typesBeside(List<String> others) {
    return Arrays.stream(Event.Type.values())
        .flatMap(type -> type.notification().stream())
        .distinct()
        .filter(type -> !others.contains(type))
        .toArray(String[]::new);
  }

  /** Whether JMX clients hear of {@code event} at all. */
  static boolean concerns(Event event) {
    return event.eventType().notification().isPresent();
  }

  /**
   * The next notification.
   *
   * @param source the bean it is about
   * @return empty for an event that does not concern JMX clients
   */
  Optional<Notification> of(Event event, ObjectName source) {
    return event.eventType().notification().map(type -> notification(type, event, source));
  }

  private Notification notification(String type, Event event, ObjectName source) {
    Notification notification =
        event instanceof Event.ProcessStateChanged change
            ? attributeChange(change, source)
            : new Notification(type, source, ++sequence, clock.millis(), event.summary());
    Map<String, Object> data = userData(event);
    if (!data.isEmpty()) {
      notification.setUserData(data);
    }
    return notification;
  }

  /** A state is an attribute of the process's bean, and JMX has a form of its own for those. */
  private Notification attributeChange(Event.ProcessStateChanged change, ObjectName source) {
    return new AttributeChangeNotification(
        source,
        ++sequence,
        clock.millis(),
        change.summary(),
        "StateName",
        String.class.getName(),
        change.from().name(),
        change.to().name());
  }

  private static Map<String, Object> userData(Event event) {
    Map<String, Object> data = new LinkedHashMap<>();
    event
        .source()
        .ifPresent(
            process -> {
              data.put("group", process.group());
              data.put("name", process.process());
              data.put("pid", process.pid());
            });
    event
        .details()
        .forEach(
            (name, value) -> data.put(name, value instanceof Bytes b ? b.toByteArray() : value));
    return data;
  }
}

package ee.supervisor.jmx;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;

/** Keeps what a bean has sent, for tests that wait for it. */
final class RecordedNotifications implements NotificationListener {
  private final List<Notification> received = new CopyOnWriteArrayList<>();

  /** Starts listening to a bean. */
  static RecordedNotifications of(MBeanServerConnection server, ObjectName bean)
      throws JMException, IOException {
    RecordedNotifications recorded = new RecordedNotifications();
    server.addNotificationListener(bean, recorded, null, null);
    return recorded;
  }

  @Override
  public void handleNotification(Notification notification, Object handback) {
    received.add(notification);
  }

  /** Everything so far. */
  List<Notification> all() {
    return received;
  }

  /** Waits for one. */
  Notification awaitOne(Predicate<Notification> wanted) {
    return await("a notification")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> received.stream().filter(wanted).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  /** Waits for one with that message. */
  Notification awaitMessage(String message) {
    return awaitOne(n -> n.getMessage().equals(message));
  }
}

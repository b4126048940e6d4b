package ee.supervisor.jmx;

import ee.supervisor.control.Supervisor;
import ee.supervisor.event.Event;
import ee.supervisor.output.ActivityLog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Shows a supervisor in an MBean server: a bean for it, for each active group and for each process,
 * with notifications.
 *
 * <p>All work is done on a thread of its own, in the order of the events; the control loop only
 * puts them into a queue.
 */
public final class JmxRegistry implements AutoCloseable {
  /**
   * Communications beyond this many waiting are dropped, so that a talkative child fills no heap.
   */
  private static final int MAX_WAITING_COMMUNICATIONS = 10_000;

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final Supervisor supervisor;
  private final ActivityLog log;
  private final BlockingQueue<Optional<Event>> queue = new LinkedBlockingQueue<>();
  private final AtomicLong dropped = new AtomicLong();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Notifications notifications = new Notifications(Clock.systemUTC());
  private final AutoCloseable subscription;
  private final Thread thread;

  private JmxRegistry(Supervisor supervisor, Supplier<MBeanServer> server, ActivityLog log) {
    this.supervisor = supervisor;
    this.log = log;
    this.thread = new Thread(() -> run(server), "supervisor-jmx");
    thread.setDaemon(true);
    this.subscription = supervisor.subscribe(this::enqueue);
    supervisor.measurements().countDropped("jmx", dropped::get);
  }

  /**
   * Starts showing {@code supervisor}; returns at once.
   *
   * @param server makes or finds the MBean server, on the registry's own thread: to load JMX takes
   *     longer than to start a child
   * @param log hears of beans that could not be registered
   */
  public static JmxRegistry start(
      Supervisor supervisor, Supplier<MBeanServer> server, ActivityLog log) {
    JmxRegistry registry = new JmxRegistry(supervisor, server, log);
    registry.thread.start();
    return registry;
  }

  /** Completes when the beans of the groups that were active at the start are registered. */
  public CompletionStage<Void> ready() {
    return ready.minimalCompletionStage();
  }

  /** Unregisters all beans; a second call does nothing. */
  @Override
  public void close() {
    unsubscribe();
    queue.add(Optional.empty());
    try {
      thread.join(LONGEST_CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void unsubscribe() {
    try {
      subscription.close();
    } catch (Exception e) {
      throw new IllegalStateException("cannot unsubscribe from events", e);
    }
  }

  /** On the control loop. */
  private void enqueue(Event event) {
    if (!Notifications.concerns(event)) {
      return;
    }
    if (event instanceof Event.ProcessCommunication && queue.size() >= MAX_WAITING_COMMUNICATIONS) {
      dropped.incrementAndGet();
      return;
    }
    queue.add(Optional.of(event));
  }

  private void run(Supplier<MBeanServer> server) {
    MBeanServer beanServer = server.get();
    BeanDirectory beans = new BeanDirectory(supervisor, beanServer);
    RemoteAccess remote = new RemoteAccess(beanServer, log);
    try {
      beans.open(dropped::get);
      synchronize(beans);
      remote.follow(supervisor.configuration());
      ready.complete(null);
      List<Optional<Event>> batch = new ArrayList<>();
      do {
        batch.clear();
        batch.add(queue.take());
        queue.drainTo(batch);
        if (batch.stream().flatMap(Optional::stream).anyMatch(JmxRegistry::begins)) {
          remote.follow(supervisor.configuration());
        }
      } while (handle(batch, beans));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (JMException | RuntimeException e) {
      report("cannot show processes by JMX", e);
      ready.completeExceptionally(e);
    } finally {
      unsubscribe();
      remote.close();
      closeBeans(beans);
    }
  }

  /**
   * Tells clients of a batch of events, first of all registering what they are about: a thousand
   * groups added in a row are looked at once.
   *
   * @return false when the registry is to end
   */
  private boolean handle(List<Optional<Event>> batch, BeanDirectory beans) {
    if (batch.stream().flatMap(Optional::stream).anyMatch(JmxRegistry::changesGroups)) {
      synchronize(beans);
    }
    for (Optional<Event> event : batch) {
      if (event.isEmpty()) {
        return false;
      }
      tell(event.get(), beans);
    }
    return true;
  }

  /** One bean that cannot be shown must not be the end of all the others. */
  private void synchronize(BeanDirectory beans) {
    try {
      beans.synchronize();
    } catch (JMException e) {
      report("cannot show every process by JMX", e);
    }
  }

  /** Like every server of the configuration, [jmx] changes with a restart, not with a reread. */
  private static boolean begins(Event event) {
    return event instanceof Event.SupervisorStateChanged change && change.running();
  }

  private static boolean changesGroups(Event event) {
    return event instanceof Event.GroupAdded
        || event instanceof Event.GroupRemoved
        || event instanceof Event.SupervisorStateChanged;
  }

  private void tell(Event event, BeanDirectory beans) {
    if (event instanceof Event.ProcessStateChanged change) {
      tell(event, change.group(), change.process(), beans);
    } else if (event instanceof Event.ProcessCommunication sent) {
      tell(event, sent.group(), sent.process(), beans);
    } else {
      notifications.of(event, BeanNames.SUPERVISOR).ifPresent(beans::send);
    }
  }

  private void tell(Event event, String group, String process, BeanDirectory beans) {
    ObjectName source =
        beans.nameOf(group, process).orElseGet(() -> BeanNames.program(group, process));
    notifications.of(event, source).ifPresent(n -> beans.send(n, group, process));
  }

  private void closeBeans(BeanDirectory beans) {
    try {
      beans.close();
    } catch (JMException e) {
      report("cannot unregister JMX beans", e);
    }
  }

  private void report(String what, Exception e) {
    log.error(what + ": " + e);
  }
}

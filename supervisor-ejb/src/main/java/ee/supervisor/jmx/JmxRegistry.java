package ee.supervisor.jmx;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.control.Supervisor;
import ee.supervisor.event.Event;
import ee.supervisor.guard.Guard;
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
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final Supervisor supervisor;
  private final ActivityLog log;
  private final BlockingQueue<Optional<Event>> queue = new LinkedBlockingQueue<>();
  private final AtomicLong dropped = new AtomicLong();

  /** What waits: a talkative child must not fill the heap. */
  private final MemoryBudget.Account held = MemoryBudget.ofEngine().open();

  private final Guard guard;

  /** Whether something was dropped that the beans depend on. */
  private volatile boolean missed;

  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Notifications notifications = new Notifications(Clock.systemUTC());
  private final AutoCloseable subscription;
  private final Thread thread;

  private JmxRegistry(Supervisor supervisor, Supplier<MBeanServer> server, ActivityLog log) {
    this.supervisor = supervisor;
    this.log = log;
    this.guard = new Guard(log::error);
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
    if (!held.take(event.bytes())) {
      missed |= changesGroups(event);
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
      boolean more = true;
      while (more) {
        more = handleNext(beans, remote);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable thrown) {
      guard.report("cannot show processes by JMX", thrown);
      ready.completeExceptionally(thrown);
    } finally {
      guard.run("JMX", this::unsubscribe);
      guard.run("JMX", remote::close);
      guard.run("JMX", () -> closeBeans(beans));
      held.close();
    }
  }

  /** Waits for events and sends them; false when the registry is to end. */
  private boolean handleNext(BeanDirectory beans, RemoteAccess remote) throws InterruptedException {
    Optional<Event> first = queue.take();
    try {
      List<Optional<Event>> batch = new ArrayList<>(List.of(first));
      queue.drainTo(batch);
      batch.forEach(event -> event.ifPresent(e -> held.give(e.bytes())));
      if (batch.stream().flatMap(Optional::stream).anyMatch(JmxRegistry::begins)) {
        remote.follow(supervisor.configuration());
      }
      return handle(batch, beans);
    } catch (Throwable thrown) {
      guard.report("events for JMX", thrown);
      return first.isPresent();
    }
  }

  /**
   * Notifies clients of a batch of events, first of all registering what they are about: a thousand
   * groups added in a row are looked at once.
   *
   * @return false when the registry is to end
   */
  private boolean handle(List<Optional<Event>> batch, BeanDirectory beans) {
    if (missed || batch.stream().flatMap(Optional::stream).anyMatch(JmxRegistry::changesGroups)) {
      missed = false;
      synchronize(beans);
    }
    for (Optional<Event> event : batch) {
      if (event.isEmpty()) {
        return false;
      }
      guard.run("a JMX notification", () -> tell(event.get(), beans));
    }
    return true;
  }

  /** One bean that cannot be shown must not be the end of all the others. */
  private void synchronize(BeanDirectory beans) {
    try {
      beans.synchronize();
    } catch (JMException | RuntimeException | Error e) {
      guard.report("cannot show every process by JMX", e);
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
    event
        .source()
        .ifPresentOrElse(
            process -> tell(event, process.group(), process.process(), beans),
            () -> notifications.of(event, BeanNames.SUPERVISOR).ifPresent(beans::send));
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
      guard.report("cannot unregister JMX beans", e);
    }
  }
}

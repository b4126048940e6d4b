package ee.supervisor.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.control.Supervisor;
import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.UnixDatagram;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.UnmetNeed;
import ee.supervisor.protocol.Namespec;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Tells who started supervisord as a service how it fares: systemd, of a unit with {@code
 * Type=notify} (sd_notify(3)). A thread of its own, which asks the control loop for the sign of
 * life that it passes on.
 */
final class ServiceManager {
  private static final String SOCKET = "NOTIFY_SOCKET";

  /** How long changes are gathered before the status is told. */
  private static final Duration GATHERING = Duration.ofMillis(200);

  /** How often the programs are looked at until all are up: readiness is no event. */
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  private static final Duration FOREVER = Duration.ofDays(1);

  /** How long supervisord's end waits until it is told. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Supervisor supervisor;
  private final ActivityLog log;
  private final UnixDatagram socket;
  private final Optional<Duration> watchdog;
  private long signNanos = System.nanoTime();

  private final CountDownLatch endTold = new CountDownLatch(1);

  /** Guarded by this object. */
  private boolean changed = true;

  // of its thread
  private SupervisorState toldState = SupervisorState.RUNNING;
  private boolean toldReady;
  private String toldStatus = "";

  private ServiceManager(
      Supervisor supervisor, ActivityLog log, UnixDatagram socket, Optional<Duration> watchdog) {
    this.supervisor = supervisor;
    this.log = log;
    this.socket = socket;
    this.watchdog = watchdog;
  }

  /**
   * Begins to tell it, if there is one that wants to be told; empty if there is none.
   *
   * @param environment what supervisord was started with
   */
  static Optional<ServiceManager> tell(
      Supervisor supervisor, Map<String, String> environment, ActivityLog log) {
    String place = environment.getOrDefault(SOCKET, "");
    if (place.isEmpty()) {
      return Optional.empty();
    }
    try {
      ServiceManager manager =
          new ServiceManager(
              supervisor, log, UnixDatagram.connect(Path.of(place)), watchdog(environment));
      supervisor.subscribe(manager::happened);
      Thread thread = new Thread(manager::run, "supervisor-service-manager");
      thread.setDaemon(true);
      thread.start();
      return Optional.of(manager);
    } catch (PosixException | RuntimeException e) {
      log.warn("the service manager at " + place + " cannot be told anything: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Waits until it has been told of the end, which is over sooner than its thread has its turn. */
  void awaitFarewell() {
    change();
    try {
      if (supervisor.state() == SupervisorState.SHUTDOWN
          && !endTold.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("the service manager is not told of the end: it takes nothing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Half the time after which supervisord would be taken for dead (sd_watchdog_enabled(3)). */
  private static Optional<Duration> watchdog(Map<String, String> environment) {
    String pid = environment.getOrDefault("WATCHDOG_PID", "");
    if (!pid.isEmpty() && !pid.equals(Integer.toString(CurrentProcess.pid()))) {
      return Optional.empty();
    }
    try {
      long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
      return micros > 0 ? Optional.of(Duration.ofNanos(micros * 500)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void happened(Event event) {
    if (event instanceof Event.ProcessStateChanged
        || event instanceof Event.SupervisorStateChanged
        || event instanceof Event.GroupAdded
        || event instanceof Event.GroupRemoved) {
      change();
    }
  }

  private synchronized void change() {
    changed = true;
    notifyAll();
  }

  private void run() {
    try {
      do {
        if (awaitChange(pause())) {
          tellState();
        }
      } while (signOfLife() || toldState != SupervisorState.SHUTDOWN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (PosixException | RuntimeException e) {
      log.warn("the service manager cannot be told any more: " + e.getMessage());
    } finally {
      endTold.countDown();
      socket.close();
    }
  }

  private Duration pause() {
    Duration look = isSettled() ? FOREVER : LOOK_INTERVAL;
    Duration sign =
        watchdog
            .map(interval -> interval.minusNanos(System.nanoTime() - signNanos))
            .orElse(FOREVER);
    Duration shorter = look.compareTo(sign) < 0 ? look : sign;
    return shorter.isNegative() ? Duration.ZERO : shorter;
  }

  private boolean isSettled() {
    return toldReady || toldState == SupervisorState.SHUTDOWN;
  }

  /** Returns whether there may be something to tell. */
  private boolean awaitChange(Duration most) throws InterruptedException {
    synchronized (this) {
      long end = System.nanoTime() + most.toNanos();
      long left = most.toMillis();
      while (!changed && left > 0) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
      if (!changed) {
        return !isSettled();
      }
      changed = false;
      if (toldReady) {
        gather();
      }
    }
    return true;
  }

  /** Lets some more changes come, unless supervisord stops or restarts. */
  private synchronized void gather() throws InterruptedException {
    long end = System.nanoTime() + GATHERING.toNanos();
    long left = GATHERING.toMillis();
    while (supervisor.state() == SupervisorState.RUNNING && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }

  private void tellState() throws PosixException {
    SupervisorState state = supervisor.state();
    if (state == SupervisorState.SHUTDOWN && toldState != state) {
      send("STOPPING=1\nSTATUS=Stopping");
      endTold.countDown();
    } else if (state == SupervisorState.RESTARTING && toldState != state) {
      toldReady = false;
      send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000 + "\nSTATUS=Restarting");
    } else if (state == SupervisorState.RUNNING) {
      tellPrograms(supervisor.processes());
    }
    toldState = state;
  }

  private void tellPrograms(List<ProcessInfo> processes) throws PosixException {
    String status = status(processes);
    boolean news = !status.equals(toldStatus);
    toldStatus = status;
    if (!toldReady && processes.stream().noneMatch(ServiceManager::isComing)) {
      toldReady = true;
      send("READY=1\nMAINPID=" + CurrentProcess.pid() + "\nSTATUS=" + status);
    } else if (news) {
      send("STATUS=" + status);
    }
  }

  /**
   * Whether a program that starts with supervisord is still on its way up; not if it waits for what
   * only an operator can bring.
   */
  private static boolean isComing(ProcessInfo process) {
    if (!process.config().start().automatic()) {
      return false;
    }
    return switch (process.state()) {
      case STARTING, BACKOFF -> true;
      case RUNNING -> !process.ready().orElse(true);
      case STOPPED ->
          process.start().equals(Instant.EPOCH)
              && process.waitsFor().stream().noneMatch(UnmetNeed::stuck);
      case STOPPING, EXITED, FATAL, UNKNOWN -> false;
    };
  }

  private static String status(List<ProcessInfo> processes) {
    long running = processes.stream().filter(p -> p.state() == ProcessState.RUNNING).count();
    String unready =
        named(
            processes.stream()
                .filter(p -> p.state() == ProcessState.RUNNING && !p.ready().orElse(true))
                .toList());
    String fatal = named(processes.stream().filter(p -> p.state() == ProcessState.FATAL).toList());
    return running
        + " of "
        + processes.size()
        + " processes running"
        + (unready.isEmpty() ? "" : "; not ready: " + unready)
        + (fatal.isEmpty() ? "" : "; fatal: " + fatal);
  }

  private static String named(List<ProcessInfo> processes) {
    String names =
        processes.stream()
            .limit(5)
            .map(p -> Namespec.of(p.group(), p.name()))
            .collect(Collectors.joining(", "));
    return processes.size() > 5 ? names + ", ..." : names;
  }

  /**
   * Passed on from the control loop: one that does not turn gives none.
   *
   * @return false when the loop has ended
   */
  private boolean signOfLife() throws PosixException, InterruptedException {
    if (watchdog.isEmpty() || System.nanoTime() - signNanos < watchdog.get().toNanos()) {
      return true;
    }
    signNanos = System.nanoTime();
    try {
      supervisor.ping().toCompletableFuture().get(watchdog.get().toMillis(), TimeUnit.MILLISECONDS);
      send("WATCHDOG=1");
    } catch (ExecutionException ended) {
      return false;
    } catch (TimeoutException e) {
      log.warn("the control loop gives no sign of life: the service manager is told none");
    }
    return true;
  }

  private void send(String message) throws PosixException {
    byte[] bytes = message.getBytes(UTF_8);
    socket.send(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
  }
}

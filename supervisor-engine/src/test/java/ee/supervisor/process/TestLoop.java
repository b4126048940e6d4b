package ee.supervisor.process;

import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.guard.Guard;
import ee.supervisor.listener.EventBus;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.output.OutputLoop;
import ee.supervisor.posix.Child;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.Spawner;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A control loop of a test's own, which may lose the news of a child's end. */
final class TestLoop implements ProcessServices, AutoCloseable {
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final ActivityLog log;
  private final SupervisordConfig settings;
  private final Guard guard;
  private final Spawner spawner;
  private final OutputLoop output;
  private final EventBus events;
  private final ReactionTimes reactionTimes = new ReactionTimes();
  private volatile boolean losesEnds;

  TestLoop(ActivityLog log, SupervisordConfig settings) throws PosixException {
    this.log = log;
    this.settings = settings;
    this.guard = new Guard(log::critical);
    this.spawner = Spawner.start(guard);
    this.output = OutputLoop.start(log, broken -> {});
    this.events = new EventBus((level, text) -> log.log(level, text.get()));
  }

  /** Runs {@code work} on the loop and waits for it. */
  void run(Runnable work) {
    CompletableFuture.runAsync(work, thread).orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** From now on nobody hears of a child's end. */
  void loseEnds(boolean lost) {
    losesEnds = lost;
  }

  @Override
  public Executor loop() {
    return thread;
  }

  @Override
  public Timer schedule(Duration delay, Runnable action) {
    Future<?> due =
        thread.schedule(() -> guard.run("a timer", action), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> due.cancel(false);
  }

  @Override
  public void watch(Child child, Runnable onExit) {
    if (spawner.children().hasEnded(child)) {
      if (!losesEnds) {
        guard.run("an end", onExit);
      }
    } else {
      schedule(Duration.ofMillis(5), () -> watch(child, onExit));
    }
  }

  @Override
  public void childReaped() {}

  @Override
  public Spawner spawner() {
    return spawner;
  }

  @Override
  public OutputLoop output() {
    return output;
  }

  @Override
  public EventBus events() {
    return events;
  }

  @Override
  public ReactionTimes reactionTimes() {
    return reactionTimes;
  }

  @Override
  public Guard guard() {
    return guard;
  }

  @Override
  public ActivityLog log() {
    return log;
  }

  @Override
  public SupervisordConfig settings() {
    return settings;
  }

  @Override
  public boolean startsAllowed() {
    return true;
  }

  @Override
  public void close() {
    spawner.close();
    output.close();
    thread.shutdownNow();
    log.close();
  }
}

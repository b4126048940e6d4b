package ee.supervisor.control;

import ee.supervisor.check.CheckLoop;
import ee.supervisor.check.Checks;
import ee.supervisor.config.HealthConfig;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.guard.Guard;
import ee.supervisor.listener.EventBus;
import ee.supervisor.notify.Notifications;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.output.OutputLoop;
import ee.supervisor.posix.Child;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.Spawner;
import ee.supervisor.posix.WaitStatus;
import ee.supervisor.process.Companion;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessServices;
import ee.supervisor.process.ReactionTimes;
import ee.supervisor.process.StartGate;
import ee.supervisor.process.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The control loop and the threads beside it, as the processes of a lifecycle see them. */
final class LoopServices implements ProcessServices, AutoCloseable {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

  private final ActivityLog log;
  private final ControlLoop loop;
  private final Lifecycle lifecycle;
  private final boolean reapsOrphans;
  private final Spawner spawner;
  private final OutputLoop output;
  private final EventBus events;
  private final ReactionTimes reactionTimes = new ReactionTimes();
  private final Guard guard;
  private final ChildSignal childSignal;
  private final CheckLoop checks;

  LoopServices(EngineOptions options, ControlLoop loop, Lifecycle lifecycle) throws PosixException {
    this.log = options.log();
    this.reapsOrphans = options.reapsOrphans();
    this.loop = loop;
    this.lifecycle = lifecycle;
    this.guard = new Guard(log::critical);
    this.spawner = Spawner.start(guard);
    this.output = startOutput(lifecycle);
    this.events = new EventBus(log::log);
    this.childSignal = new ChildSignal(this);
    this.checks = new CheckLoop(guard);
  }

  private OutputLoop startOutput(Lifecycle owner) throws PosixException {
    boolean started = false;
    try {
      OutputLoop made =
          OutputLoop.start(
              log, why -> loop.execute(() -> owner.shutdownBecause("the output loop", why)));
      started = true;
      return made;
    } finally {
      if (!started) {
        spawner.close();
      }
    }
  }

  @Override
  public Executor loop() {
    return loop;
  }

  @Override
  public Timer schedule(Duration delay, Runnable action) {
    return loop.schedule(delay, action);
  }

  @Override
  public void watch(Child child, Runnable onExit) {
    if (child.descriptor().isEmpty()) {
      spawner.children().whenEnded(child, () -> loop.execute(onExit));
      return;
    }
    try {
      loop.watch(child.descriptor().get(), onExit);
    } catch (PosixException e) {
      // ENOSPC, ENOMEM: the child is looked at now and then.
      log.error("cannot watch " + child + ": " + e.getMessage());
      lookLater(child, onExit);
    }
  }

  private void lookLater(Child child, Runnable onExit) {
    loop.schedule(
        LOOK_INTERVAL,
        () -> {
          if (spawner.children().hasEnded(child)) {
            onExit.run();
          } else {
            lookLater(child, onExit);
          }
        });
  }

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
    return lifecycle.configuration().supervisord();
  }

  @Override
  public Companion companionOf(String group, ProcessConfig config) {
    HealthConfig health = config.health();
    if (health.isEmpty()) {
      return Companion.NONE;
    }
    List<Companion> companions = new ArrayList<>();
    if (Checks.areIn(health)) {
      companions.add(new Checks(health, this, checks, lifecycle.background()));
    }
    if (health.notifies()) {
      companions.add(new Notifications(config.name(), health, this, checks));
    }
    return Companion.of(companions);
  }

  @Override
  public boolean startsAllowed() {
    return lifecycle.state() == SupervisorState.RUNNING && !lifecycle.exitWatch().hasFired();
  }

  @Override
  public void childReaped() {
    childSignal.childReaped();
    if (reapsOrphans) {
      // An orphan behind our child in the kernel's list could not be seen before.
      reapOrphans();
    }
  }

  @Override
  public StartGate gate() {
    return lifecycle.dependencies();
  }

  @Override
  public void endedByItself(ManagedProcess process, WaitStatus status) {
    lifecycle.exitWatch().ended(process, status);
  }

  @Override
  public void gaveUp(ManagedProcess process) {
    lifecycle.exitWatch().gaveUp(process);
  }

  /** SIGCHLD came. */
  void childSignalled() {
    childSignal.received();
    if (reapsOrphans) {
      reapOrphans();
    }
  }

  private void reapOrphans() {
    spawner.reapOrphans(
        loop,
        orphan -> {
          log.info("reaped unknown pid " + orphan.pid() + " (" + orphan.status().describe() + ")");
          childSignal.childReaped();
        });
  }

  /** No check is made any more. */
  void endChecks() {
    guard.run("the end of the checks", checks::close);
  }

  @Override
  public void close() {
    endChecks();
    guard.run("the end of the spawner", spawner::close);
    guard.run("the end of the output loop", output::close);
  }
}

package ee.supervisor.control;

import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.event.EventBus;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.output.OutputLoop;
import ee.supervisor.posix.PidFd;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.Spawner;
import ee.supervisor.process.ProcessServices;
import ee.supervisor.process.ReactionTimes;
import ee.supervisor.process.Timer;
import java.time.Duration;
import java.util.concurrent.Executor;

/** The control loop and the threads beside it, as the processes of a generation see them. */
final class LoopServices implements ProcessServices, AutoCloseable {
  private final ActivityLog log;
  private final ControlLoop loop;
  private final Generation generation;
  private final boolean reapsOrphans;
  private final Spawner spawner;
  private final OutputLoop output;
  private final EventBus events;
  private final ReactionTimes reactionTimes = new ReactionTimes();

  LoopServices(EngineOptions options, ControlLoop loop, Generation generation)
      throws PosixException {
    this.log = options.log();
    this.reapsOrphans = options.reapsOrphans();
    this.loop = loop;
    this.generation = generation;
    this.spawner = Spawner.start();
    this.output = OutputLoop.start(log);
    this.events =
        new EventBus(
            (level, message) -> {
              if (log.isEnabled(level)) {
                log.log(level, message.get());
              }
            });
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
  public void watch(PidFd pidfd, Runnable onExit) {
    loop.watch(pidfd, onExit);
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
  public ActivityLog log() {
    return log;
  }

  @Override
  public SupervisordConfig settings() {
    return generation.configuration().supervisord();
  }

  @Override
  public boolean startsAllowed() {
    return generation.state() == SupervisorState.RUNNING;
  }

  @Override
  public void childReaped() {
    if (reapsOrphans) {
      // An orphan behind our child in the kernel's list could not be seen before.
      reapOrphans();
    }
  }

  void reapOrphans() {
    spawner.reapOrphans(loop, pid -> log.info("reaped unknown pid " + pid));
  }

  @Override
  public void close() {
    spawner.close();
    output.close();
  }
}

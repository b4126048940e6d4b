package ee.supervisor.process;

import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.guard.Guard;
import ee.supervisor.listener.EventBus;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.output.OutputLoop;
import ee.supervisor.posix.Child;
import ee.supervisor.posix.Spawner;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** The services of another, for a test that replaces some. */
public abstract class DelegatingServices implements ProcessServices {
  private final ProcessServices services;

  /** Those of {@code services}. */
  protected DelegatingServices(ProcessServices services) {
    this.services = services;
  }

  @Override
  public Executor loop() {
    return services.loop();
  }

  @Override
  public long nanoTime() {
    return services.nanoTime();
  }

  @Override
  public Instant wallTime() {
    return services.wallTime();
  }

  @Override
  public Timer schedule(Duration delay, Runnable action) {
    return services.schedule(delay, action);
  }

  @Override
  public void watch(Child child, Runnable onExit) {
    services.watch(child, onExit);
  }

  @Override
  public void childReaped() {
    services.childReaped();
  }

  @Override
  public Spawner spawner() {
    return services.spawner();
  }

  @Override
  public OutputLoop output() {
    return services.output();
  }

  @Override
  public EventBus events() {
    return services.events();
  }

  @Override
  public ReactionTimes reactionTimes() {
    return services.reactionTimes();
  }

  @Override
  public Guard guard() {
    return services.guard();
  }

  @Override
  public ActivityLog log() {
    return services.log();
  }

  @Override
  public SupervisordConfig settings() {
    return services.settings();
  }

  @Override
  public boolean startsAllowed() {
    return services.startsAllowed();
  }
}

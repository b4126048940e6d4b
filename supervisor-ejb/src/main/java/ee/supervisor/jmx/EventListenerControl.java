package ee.supervisor.jmx;

import ee.supervisor.config.GroupConfig.EventListeners;
import ee.supervisor.control.Supervisor;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.UsageSampler;
import java.util.List;

/** Shows one event listener to JMX clients. */
final class EventListenerControl extends ProgramControl implements EventListenerMXBean {
  private final EventListeners pool;

  EventListenerControl(
      Supervisor supervisor, UsageSampler sampler, ProcessInfo first, EventListeners pool) {
    super(supervisor, sampler, first);
    this.pool = pool;
  }

  @Override
  public List<String> getEvents() {
    return pool.events();
  }

  @Override
  public int getBufferSize() {
    return pool.bufferSize();
  }

  @Override
  public String getResultHandler() {
    return pool.resultHandler();
  }
}

package ee.supervisor.jmx;

import ee.supervisor.config.GroupConfig.EventListeners;
import ee.supervisor.control.Supervisor;
import ee.supervisor.listener.ListenerPoolInfo;
import ee.supervisor.listener.ListenerState;
import ee.supervisor.process.GroupInfo;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.UsageSampler;
import java.util.List;
import java.util.Optional;

/** Shows one event listener to JMX clients. */
final class EventListenerControl extends ProgramControl implements EventListenerMXBean {
  private final Supervisor supervisor;
  private final EventListeners pool;

  EventListenerControl(
      Supervisor supervisor, UsageSampler sampler, ProcessInfo first, EventListeners pool) {
    super(supervisor, sampler, first);
    this.supervisor = supervisor;
    this.pool = pool;
  }

  @Override
  public List<String> getEvents() {
    return pool.events();
  }

  @Override
  public long getBufferSize() {
    return pool.bufferSize();
  }

  @Override
  public String getResultHandler() {
    return pool.resultHandler();
  }

  @Override
  public String getListenerState() {
    return poolInfo()
        .map(info -> info.listeners().get(getName()))
        .map(ListenerState::name)
        .orElse("");
  }

  @Override
  public int getBufferedEvents() {
    return poolInfo().map(ListenerPoolInfo::buffered).orElse(0);
  }

  @Override
  public long getDiscardedEvents() {
    return poolInfo().map(ListenerPoolInfo::discarded).orElse(0L);
  }

  private Optional<ListenerPoolInfo> poolInfo() {
    return supervisor.groups().stream()
        .filter(group -> group.name().equals(pool.name()))
        .findFirst()
        .flatMap(GroupInfo::pool);
  }
}

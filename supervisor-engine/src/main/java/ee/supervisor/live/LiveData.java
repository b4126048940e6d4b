package ee.supervisor.live;

import ee.supervisor.control.Supervisor;
import ee.supervisor.process.UsageSampler;
import java.util.concurrent.Executor;

/**
 * What has to be remembered between two requests: past events, and the processes' last usage. Made
 * with the first request that needs it, so that it costs nothing where nobody asks.
 */
public final class LiveData implements AutoCloseable {
  private final Executor executor;
  private final UsageSampler usage = new UsageSampler();
  private EventHistory history;

  /** Wakes those who wait for events on {@code executor}. */
  public LiveData(Executor executor) {
    this.executor = executor;
  }

  /** What processes use of the machine, looked at once a second at most. */
  public UsageSampler usage() {
    return usage;
  }

  /** The events of {@code supervisor} since this was first called for it. */
  public synchronized EventHistory history(Supervisor supervisor) {
    if (history == null || !history.isOf(supervisor)) {
      close();
      history = new EventHistory(supervisor, executor);
    }
    return history;
  }

  @Override
  public synchronized void close() {
    if (history != null) {
      history.close();
      history = null;
    }
  }
}

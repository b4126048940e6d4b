package ee.supervisor.listener;

import java.util.Map;

/**
 * An event listener pool as it was at one moment, for whoever asks.
 *
 * @param buffered events that waited for a listener
 * @param discarded events lost since the pool was made because its buffer was full
 * @param listeners where each of its running processes stood, by name
 */
public record ListenerPoolInfo(int buffered, long discarded, Map<String, ListenerState> listeners) {

  public ListenerPoolInfo {
    listeners = Map.copyOf(listeners);
  }
}

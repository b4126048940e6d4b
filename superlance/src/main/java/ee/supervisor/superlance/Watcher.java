package ee.supervisor.superlance;

import java.io.IOException;

/** Acts on supervisord's events: one of the listeners of this package with its options. */
public interface Watcher {

  /**
   * Hears one event; may take its time.
   *
   * @throws IOException if it could not do what the event calls for, and the event should come
   *     again
   */
  void hear(Notice notice) throws IOException;
}

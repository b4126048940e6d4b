package ee.supervisor.check;

import java.util.Optional;
import java.util.function.Consumer;

/** One look at a process. Confined to the {@link CheckLoop}. */
interface Probe {

  /**
   * Begins it.
   *
   * @param done told once why it has failed, or that it has not, unless it is cancelled before
   */
  void begin(Consumer<Optional<String>> done);

  /** Ends it, and all it has begun; harmless when it is over. */
  void cancel();

  /** Makes one for each look. */
  @FunctionalInterface
  interface Maker {
    Probe make();
  }
}

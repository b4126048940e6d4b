package ee.supervisor.process;

import ee.supervisor.output.OutputListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What goes along with each child of one process: checks of its health, a socket that it tells of
 * itself by. Called on the control loop but for {@link #variables}.
 */
public interface Companion {
  /** Of a process that nobody looks at. */
  Companion NONE = new Companion() {};

  /**
   * What the next child is given beyond its environment. Called before each start, on the spawner's
   * thread.
   *
   * @throws IOException when there can be no child without it
   */
  default Map<String, String> variables() throws IOException {
    return Map.of();
  }

  /** The variable in which the child finds its own process id, if it needs that. */
  default Optional<String> pidVariable() {
    return Optional.empty();
  }

  /** Has the output of child {@code pid} seen by whom it concerns besides {@code listener}. */
  default OutputListener tap(ManagedProcess process, int pid, OutputListener listener) {
    return listener;
  }

  /** There is a child. */
  default void launched(ManagedProcess process) {}

  /** There is none any more. */
  default void released() {}

  /** None has come of what was prepared. */
  default void unused() {}

  /** All of {@code several} as one. */
  static Companion of(List<Companion> several) {
    return switch (several.size()) {
      case 0 -> NONE;
      case 1 -> several.get(0);
      default -> new Companions(several);
    };
  }
}

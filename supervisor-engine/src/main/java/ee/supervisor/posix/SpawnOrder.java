package ee.supervisor.posix;

import java.io.IOException;

/**
 * Says what is to be started, when it is about to be: asked on a thread of the {@link Spawner},
 * where the look at files that this takes holds up nobody else.
 */
@FunctionalInterface
public interface SpawnOrder {
  /**
   * Works the request out.
   *
   * @throws UnusableCommandException when there is nothing that could be started
   * @throws IOException when something that the child is to be given cannot be had
   */
  SpawnRequest request() throws UnusableCommandException, IOException;
}

package ee.supervisor.posix;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has been acquired so far of something that takes several steps: closed again, the last
 * first, unless {@link #keep} is reached. Confined to one thread.
 *
 * <pre>{@code
 * try (Acquired acquired = new Acquired()) {
 *   Fd socket = acquired.add(open());
 *   bind(socket);
 *   acquired.keep();
 *   return socket;
 * }
 * }</pre>
 */
public final class Acquired implements AutoCloseable {
  // Has its room from the start: to remember what is open must not fail.
  private final Deque<Fd> descriptors = new ArrayDeque<>(8);

  /** Remembers {@code fd}. */
  public Fd add(Fd fd) {
    descriptors.push(fd);
    return fd;
  }

  /** Remembers both ends of {@code pipe}. */
  public Pipe add(Pipe pipe) {
    descriptors.push(pipe.readEnd());
    descriptors.push(pipe.writeEnd());
    return pipe;
  }

  /** All steps are done: nothing is closed. */
  public void keep() {
    descriptors.clear();
  }

  @Override
  public void close() {
    while (!descriptors.isEmpty()) {
      descriptors.pop().close();
    }
  }
}

package ee.supervisor.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/**
 * What a response without an end sends: pulled, so that a slow client costs nothing. One thread at
 * a time reads.
 */
public interface ByteSource extends AutoCloseable {

  /** Makes a source on a thread that may wait for a disk. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens it.
     *
     * @throws IOException when there is nothing to send; the client gets a 404
     */
    ByteSource open() throws IOException;
  }

  /**
   * Takes what there is.
   *
   * @return number of bytes put into {@code target}, 0 when there is nothing at the moment,
   *     negative when there will be nothing more
   * @throws IOException when reading fails; the response ends
   */
  int read(ByteBuffer target) throws IOException;

  /** Runs {@code callback} once, on {@code executor}, as soon as {@link #read} has something. */
  void onReadable(Executor executor, Runnable callback);

  /** Lets go of what it holds; idempotent. */
  @Override
  void close() throws IOException;
}

package ee.supervisor.output;

import ee.supervisor.event.Channel;
import java.nio.ByteBuffer;

/**
 * Sees what a child writes on its way to the log, as it comes: lines may be cut anywhere. Called on
 * the output thread: it must return at once.
 */
@FunctionalInterface
public interface OutputTap {

  /**
   * Sees a piece.
   *
   * @param data to be copied if it is to be kept
   * @return whether it wants to see more
   */
  boolean see(Channel channel, ByteBuffer data);
}

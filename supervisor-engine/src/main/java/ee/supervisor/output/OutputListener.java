package ee.supervisor.output;

import ee.supervisor.event.Channel;
import ee.supervisor.text.Bytes;
import java.util.Optional;

/**
 * Hears what one child says that is more than a line for its log. Called on the output thread, in
 * the order of the output: it must hand the data on and return at once.
 *
 * <p>Each call comes with {@code done}, to be run once (from any thread) when the data is no longer
 * held: while too much isn't done, the channel isn't read, so that a child that floods waits rather
 * than fills the memory.
 */
public interface OutputListener {
  /**
   * Output of a channel whose {@code *_events_enabled} is set, escape sequences removed if {@code
   * strip_ansi} is.
   */
  void processLog(Channel channel, Bytes data, Runnable done);

  /** What stood between the PROCESS_COMMUNICATION tokens. May be empty. */
  void communication(Channel channel, Bytes data, Runnable done);

  /** What sees its output as well, if anything; asked for once for each channel. */
  default Optional<OutputTap> tap() {
    return Optional.empty();
  }

  /** What an event listener wrote to stdout, unchanged: the protocol. */
  void protocol(Bytes data, Runnable done);
}

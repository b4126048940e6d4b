package ee.supervisor.front;

import java.time.Duration;

/**
 * How long a client is waited for.
 *
 * @param firstByte from its connection to its first byte
 * @param head from the first byte of a request to the end of its headers
 * @param body for a request's body; on top of it a second for each thousand bytes that came
 * @param stalled how long bytes may wait for it while it takes none
 * @param idle between its requests
 * @param leaving how long it may take to close a connection that was ended
 */
record ClientPatience(
    Duration firstByte,
    Duration head,
    Duration body,
    Duration stalled,
    Duration idle,
    Duration leaving) {

  /** Idle connections stay as long as the reference keeps them. */
  static final ClientPatience USUAL =
      new ClientPatience(
          Duration.ofSeconds(60),
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofMinutes(30),
          Duration.ofSeconds(2));
}

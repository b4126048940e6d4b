package ee.supervisor.front;

import java.time.Duration;

/**
 * How long the server behind is waited for.
 *
 * @param boot how long a request waits for a server that boots
 * @param response after how long without any sign of life it is asked whether it lives
 * @param probe how long it may take to respond to that
 */
record BackendPatience(Duration boot, Duration response, Duration probe) {
  static final BackendPatience USUAL =
      new BackendPatience(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(10));
}

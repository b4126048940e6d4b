package ee.supervisor.listener;

/**
 * Counts 0, 1, 2, ... and after {@link Long#MAX_VALUE} from 0 again. Confined to the control loop.
 */
final class Serial {
  private long next;

  /** The next number, 0 at first. */
  long next() {
    long current = next;
    next = current == Long.MAX_VALUE ? 0 : current + 1;
    return current;
  }
}

package ee.supervisor.front;

/**
 * How many clients are served at a time. Whoever comes then takes the place of one that is idle, or
 * slow with its request, and is turned away where all are being served.
 *
 * @param total of all listeners
 * @param perListener of one TCP listener
 * @param perAddress from one address of the network
 * @param unixReserve how many of {@code total} are kept for Unix sockets
 */
public record FrontLimits(int total, int perListener, int perAddress, int unixReserve) {
  private static final int MOST = 2048;
  private static final int FEWEST = 64;

  /** What is passed on takes two descriptors, and children take most of them. */
  private static final int DESCRIPTORS_PER_CLIENT = 4;

  /**
   * Limits that leave descriptors for everything else.
   *
   * @param descriptors that the process may have open
   */
  public static FrontLimits of(long descriptors) {
    int total = (int) Math.max(FEWEST, Math.min(MOST, descriptors / DESCRIPTORS_PER_CLIENT));
    int reserve = total / 8;
    int network = total - reserve;
    return new FrontLimits(total, network, network * 7 / 8, reserve);
  }
}

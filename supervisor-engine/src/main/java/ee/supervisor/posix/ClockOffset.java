package ee.supervisor.posix;

/** How far this process's clock is from UTC: localtime(3). */
public final class ClockOffset {
  /** struct tm: nine ints, then tm_gmtoff; glibc's takes 56 bytes. */
  private static final int TM_BYTES = 64;

  private static final int GMTOFF_OFFSET = 40;

  private ClockOffset() {}

  /** Seconds east of Greenwich at that second of the epoch. */
  public static int seconds(long second) {
    try (NativeMemory time = NativeMemory.ofLong(second);
        NativeMemory broken = new NativeMemory(TM_BYTES)) {
      LibC.localtime_r(time.address(), broken.address());
      return (int) broken.getLong(GMTOFF_OFFSET);
    }
  }
}

package ee.supervisor.posix;

/**
 * How much of something this process may use (getrlimit(2)).
 *
 * @param soft what the kernel enforces, or {@link #UNLIMITED}
 * @param hard how far soft may be raised, or {@link #UNLIMITED}
 */
public record ResourceLimit(long soft, long hard) {
  /** No limit: RLIM_INFINITY. */
  public static final long UNLIMITED = -1;

  /** As struct rlimit. */
  NativeMemory toMemory() {
    NativeMemory limit = new NativeMemory(2 * Long.BYTES);
    limit.putLong(0, soft);
    limit.putLong(Long.BYTES, hard);
    return limit;
  }

  /** What can be limited; the numbers are those of x86_64 and aarch64. */
  public enum Resource {
    /** Processes of the user. */
    NPROC(6),
    /** Open descriptors: the highest number, plus one. */
    NOFILE(7);

    final int code;

    Resource(int code) {
      this.code = code;
    }
  }
}

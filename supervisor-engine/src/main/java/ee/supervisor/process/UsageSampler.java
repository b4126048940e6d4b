package ee.supervisor.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Knows what processes use, for doors that ask often: each process is looked at once a second at
 * most. For any thread, without locks; two that ask at once may both look.
 */
public final class UsageSampler {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long FORGOTTEN_NANOS = Duration.ofMinutes(5).toNanos();

  private final Map<Integer, Sample> samples = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private volatile long lastForgetting;

  /** A sampler that has looked at nothing yet. */
  public UsageSampler() {
    this(System::nanoTime);
  }

  /** A sampler with a clock of its own, in nanoseconds. */
  UsageSampler(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastForgetting = nanoTime.getAsLong();
  }

  /**
   * What a process uses; the percentage is that of the time since it was last looked at, or of its
   * whole life at first.
   *
   * @param pid its process id, 0 for no process
   * @return {@link ProcessUsage#NONE} when there is no such process
   */
  public ProcessUsage usage(int pid) {
    if (pid <= 0) {
      return ProcessUsage.NONE;
    }
    long now = nanoTime.getAsLong();
    Sample last = samples.get(pid);
    if (last != null && now - last.takenNanos < FRESH_NANOS) {
      return last.usage;
    }
    Optional<ProcStat> stat = ProcStat.read(pid);
    if (stat.isEmpty()) {
      samples.remove(pid);
      return ProcessUsage.NONE;
    }
    Sample sample = sample(stat.get(), last, now);
    samples.put(pid, sample);
    forgetOld(now);
    return sample.usage;
  }

  private static Sample sample(ProcStat stat, Sample last, long now) {
    boolean same = last != null && last.stat.sinceBoot().equals(stat.sinceBoot());
    Duration used = same ? stat.cpu().minus(last.stat.cpu()) : stat.cpu();
    Duration passed =
        same ? Duration.ofNanos(now - last.takenNanos) : uptime().minus(stat.sinceBoot());
    double percent =
        passed.isZero() || passed.isNegative() ? 0 : 100.0 * used.toNanos() / passed.toNanos();
    return new Sample(
        stat, now, new ProcessUsage(stat.cpu(), Math.max(0, percent), stat.residentBytes()));
  }

  /** Processes that ended and are not asked for again must not be kept for ever. */
  private void forgetOld(long now) {
    if (now - lastForgetting > FORGOTTEN_NANOS) {
      lastForgetting = now;
      samples.values().removeIf(s -> now - s.takenNanos > FORGOTTEN_NANOS);
    }
  }

  private static Duration uptime() {
    try {
      String seconds = Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0];
      return Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
    } catch (IOException e) {
      return Duration.ZERO;
    }
  }

  private record Sample(ProcStat stat, long takenNanos, ProcessUsage usage) {}
}

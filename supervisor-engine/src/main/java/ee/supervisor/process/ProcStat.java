package ee.supervisor.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the kernel knows of one process in {@code /proc/PID/stat} (proc(5)).
 *
 * @param parent process id of its parent, 0 if it has none
 * @param group its process group
 * @param sinceBoot when it was started, counted from the boot of the machine; with the pid it
 *     identifies one process from a later one that got the same number
 * @param cpu the processor time it has used, in user and kernel mode, that of its children not
 *     included; counted in clock ticks, usually of 10 ms
 * @param residentBytes its resident memory
 */
public record ProcStat(
    int parent, int group, Duration sinceBoot, Duration cpu, long residentBytes) {
  private static final int FIELD_AFTER_NAME = 3;
  private static final int PPID = 4;
  private static final int PGRP = 5;
  private static final int UTIME = 14;
  private static final int STIME = 15;
  private static final int STARTTIME = 22;
  private static final int RSS = 24;

  /**
   * Reads it.
   *
   * @param pid a process id
   * @return empty when there is no such process, or no /proc to look into
   */
  public static Optional<ProcStat> read(int pid) {
    try {
      return Optional.of(
          parse(Files.readString(Path.of("/proc", Integer.toString(pid), "stat"), ISO_8859_1)));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** The program's own name is in parentheses and may itself hold blanks and parentheses. */
  static ProcStat parse(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return new ProcStat(
        (int) number(fields, PPID),
        (int) number(fields, PGRP),
        ticks(number(fields, STARTTIME)),
        ticks(number(fields, UTIME) + number(fields, STIME)),
        number(fields, RSS) * Kernel.PAGE_BYTES);
  }

  private static long number(String[] fields, int field) {
    return Long.parseLong(fields[field - FIELD_AFTER_NAME].strip());
  }

  private static Duration ticks(long count) {
    return Duration.ofNanos(count * (1_000_000_000L / Kernel.TICKS_PER_SECOND));
  }

  /** How this machine counts, out of the auxiliary vector (getauxval(3)): no native call needed. */
  private static final class Kernel {
    private static final long AT_PAGESZ = 6;
    private static final long AT_CLKTCK = 17;
    static final long PAGE_BYTES = auxiliary(AT_PAGESZ, 4096);
    static final long TICKS_PER_SECOND = auxiliary(AT_CLKTCK, 100);

    private Kernel() {}

    private static long auxiliary(long key, long otherwise) {
      try {
        ByteBuffer vector = ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/auxv")));
        vector.order(ByteOrder.nativeOrder());
        while (vector.remaining() >= 2 * Long.BYTES) {
          long type = vector.getLong();
          long value = vector.getLong();
          if (type == key) {
            return value;
          }
        }
      } catch (IOException e) {
        return otherwise;
      }
      return otherwise;
    }
  }
}

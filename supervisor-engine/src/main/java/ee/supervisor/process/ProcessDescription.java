package ee.supervisor.process;

import ee.supervisor.clock.LocalTime;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The line that shows an operator how a process is doing, as {@code supervisorctl status} shows it.
 */
public final class ProcessDescription {
  /** As C's {@code %b %d %I:%M %p}, in the words of the C locale. */
  private static final DateTimeFormatter ENDED =
      DateTimeFormatter.ofPattern("MMM dd hh:mm a", Locale.US);

  /** A line has an end. */
  private static final int MOST_NEEDS = 3;

  private ProcessDescription() {}

  /**
   * The line for {@code process} as seen at {@code now}; while it starts or stops only what it says
   * itself.
   */
  public static String of(ProcessInfo process, Instant now) {
    if (!process.waitsFor().isEmpty()) {
      return waiting(process.waitsFor());
    }
    return switch (process.state()) {
      case RUNNING ->
          "pid " + process.pid() + ", uptime " + uptime(process.start(), now) + health(process);
      case FATAL, BACKOFF ->
          process.spawnError().isEmpty()
              ? "unknown error (try \"tail " + process.name() + "\")"
              : process.spawnError();
      case STOPPED, EXITED ->
          process.start().getEpochSecond() == 0
              ? "Not started"
              : ENDED.format(LocalTime.of(process.stop()));
      case STARTING, STOPPING -> process.statusText();
      case UNKNOWN -> "";
    };
  }

  private static String waiting(List<UnmetNeed> needs) {
    String first =
        needs.stream().limit(MOST_NEEDS).map(UnmetNeed::toString).collect(Collectors.joining(", "));
    int more = needs.size() - MOST_NEEDS;
    return "waiting for " + first + (more > 0 ? " and " + more + " more" : "");
  }

  /** Nothing where neither a check nor the program itself says more. */
  private static String health(ProcessInfo process) {
    String status = process.statusText();
    if (process.ready().orElse(true)) {
      return status.isEmpty() ? "" : ", " + status;
    }
    return status.isEmpty() ? ", not ready" : ", not ready: " + status;
  }

  /** Days if there are any, then hours without a leading zero; never negative. */
  private static String uptime(Instant start, Instant now) {
    Duration up = Duration.ofSeconds(Math.max(0, now.getEpochSecond() - start.getEpochSecond()));
    // String.format takes twenty times as long, which counts with a thousand processes
    String time =
        up.toHours() % 24
            + ":"
            + twoDigits(up.toMinutesPart())
            + ":"
            + twoDigits(up.toSecondsPart());
    long days = up.toDays();
    if (days == 0) {
      return time;
    }
    return days + (days == 1 ? " day, " : " days, ") + time;
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}

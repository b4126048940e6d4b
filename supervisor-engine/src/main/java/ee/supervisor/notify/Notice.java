package ee.supervisor.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.text.Bytes;
import java.time.Duration;
import java.util.Optional;

/**
 * What a program has said of itself (sd_notify(3)).
 *
 * @param ready that it is ready, or is not any more; empty if it did not say
 * @param stopping that it is on its way to its end
 * @param status how it fares, in one line
 * @param alive that it lives
 * @param trigger that it wants to be taken for dead
 * @param watchdog how long it may be without a sign of life from now on
 * @param extension how much more time it needs
 * @param mainPid which process it says is the one
 */
record Notice(
    Optional<Boolean> ready,
    boolean stopping,
    Optional<String> status,
    boolean alive,
    boolean trigger,
    Optional<Duration> watchdog,
    Optional<Duration> extension,
    Optional<String> mainPid) {
  private static final int LONGEST_STATUS = 256;

  static final Notice NONE =
      new Notice(
          Optional.empty(),
          false,
          Optional.empty(),
          false,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** What a datagram says; what is not known here (FDSTORE and the like) says nothing. */
  static Notice parse(Bytes datagram) {
    Notice notice = NONE;
    for (String line : new String(datagram.toByteArray(), UTF_8).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        notice = notice.with(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return notice;
  }

  private Notice with(String name, String value) {
    boolean one = value.equals("1");
    return switch (name) {
      case "READY" -> one ? withReady(true) : this;
      case "RELOADING" -> one ? withReady(false) : this;
      case "STOPPING" ->
          one
              ? new Notice(
                  Optional.of(false), true, status, alive, trigger, watchdog, extension, mainPid)
              : this;
      case "STATUS" -> withStatus(line(value));
      case "WATCHDOG" -> withWatchdog(alive || one, trigger || value.equals("trigger"));
      case "WATCHDOG_USEC" -> withTimes(micros(value).or(() -> watchdog), extension);
      case "EXTEND_TIMEOUT_USEC" -> withTimes(watchdog, micros(value).or(() -> extension));
      case "MAINPID" ->
          new Notice(
              ready,
              stopping,
              status,
              alive,
              trigger,
              watchdog,
              extension,
              Optional.of(line(value)));
      default -> this;
    };
  }

  private Notice withReady(boolean now) {
    return new Notice(
        Optional.of(now), stopping, status, alive, trigger, watchdog, extension, mainPid);
  }

  private Notice withStatus(String text) {
    return new Notice(
        ready, stopping, Optional.of(text), alive, trigger, watchdog, extension, mainPid);
  }

  private Notice withWatchdog(boolean lives, boolean triggers) {
    return new Notice(ready, stopping, status, lives, triggers, watchdog, extension, mainPid);
  }

  private Notice withTimes(Optional<Duration> deadline, Optional<Duration> more) {
    return new Notice(ready, stopping, status, alive, trigger, deadline, more, mainPid);
  }

  private static String line(String value) {
    String clean = value.replaceAll("\\p{Cntrl}", " ").strip();
    return clean.length() <= LONGEST_STATUS ? clean : clean.substring(0, LONGEST_STATUS);
  }

  private static Optional<Duration> micros(String value) {
    try {
      long micros = Long.parseLong(value.strip());
      return micros > 0 && micros < Long.MAX_VALUE / 1000
          ? Optional.of(Duration.ofNanos(micros * 1000))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** This and what was said after it, as one. */
  Notice and(Notice later) {
    return new Notice(
        later.ready.or(() -> ready),
        stopping || later.stopping,
        later.status.or(() -> status),
        alive || later.alive,
        trigger || later.trigger,
        later.watchdog.or(() -> watchdog),
        later.extension.or(() -> extension),
        later.mainPid.or(() -> mainPid));
  }
}

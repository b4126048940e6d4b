package ee.supervisor.superlance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Restarts processes that have more memory in RAM than they should, at each TICK event. */
final class MemMon implements Watcher {

  /**
   * What its command line says.
   *
   * @param programs limits in bytes by name or namespec
   * @param groups limits in bytes by group
   * @param any limit in bytes of every process, if any
   * @param cumulative whether the children of a process count
   * @param to where the mail goes; empty for none
   * @param uptimeLimit no mail about processes that were up for longer; empty for always
   * @param name stands in the subject, to tell several memmons apart
   */
  record Options(
      SortedMap<String, Long> programs,
      SortedMap<String, Long> groups,
      OptionalLong any,
      boolean cumulative,
      Optional<String> to,
      Optional<Duration> uptimeLimit,
      Optional<String> name) {}

  private final Options options;
  private final Processes processes;
  private final Mailer mailer;
  private final Timestamps timestamps;
  private final Consumer<String> log;
  private final ProcessMemory memory = new ProcessMemory();

  MemMon(
      Options options,
      Processes processes,
      Mailer mailer,
      Timestamps timestamps,
      Consumer<String> log) {
    this.options = options;
    this.processes = processes;
    this.mailer = mailer;
    this.timestamps = timestamps;
    this.log = log;
  }

  @Override
  public void hear(Notice notice) throws IOException {
    if (!notice.isTick()) {
      return;
    }
    announce();
    for (WatchedProcess each : processes.all()) {
      if (each.pid() != 0) {
        check(each);
      }
    }
  }

  private void announce() {
    List<String> lines = new ArrayList<>();
    if (!options.programs().isEmpty()) {
      lines.add("Checking programs " + limits(options.programs()));
    }
    if (!options.groups().isEmpty()) {
      lines.add("Checking groups " + limits(options.groups()));
    }
    options.any().ifPresent(bytes -> lines.add("Checking any=" + bytes));
    log.accept(String.join("\n", lines));
  }

  private static String limits(SortedMap<String, Long> limits) {
    return limits.entrySet().stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private void check(WatchedProcess process) throws IOException {
    List<Long> limits = limitsOf(process);
    OptionalLong resident =
        options.cumulative()
            ? memory.residentWithChildren(process.pid())
            : memory.resident(process.pid());
    if (resident.isEmpty() || limits.isEmpty()) {
      return;
    }
    long bytes = resident.getAsLong();
    log.accept("RSS of %s is %d".formatted(process.fullName(), bytes));
    if (limits.stream().anyMatch(limit -> bytes > limit)) {
      restart(process, bytes);
    }
  }

  private List<Long> limitsOf(WatchedProcess process) {
    Stream<Long> own =
        options.programs().entrySet().stream()
            .filter(limit -> process.isNamed(limit.getKey()))
            .map(Map.Entry::getValue);
    Stream<Long> ofGroup = Stream.ofNullable(options.groups().get(process.group()));
    Stream<Long> ofAll = options.any().stream().boxed();
    return Stream.of(own, ofGroup, ofAll).flatMap(limits -> limits).toList();
  }

  private void restart(WatchedProcess process, long bytes) throws IOException {
    String name = process.fullName();
    log.accept("Restarting " + name);
    try {
      processes.stop(name);
    } catch (StartStopRefusedException e) {
      String what =
          "Failed to stop process %s (RSS %d), exiting: %s".formatted(name, bytes, e.getMessage());
      throw failed("failed to stop process %s, exiting".formatted(name), what, e);
    }
    try {
      processes.start(name);
    } catch (StartStopRefusedException e) {
      String what =
          "Failed to start process %s after stopping it, exiting: %s"
              .formatted(name, e.getMessage());
      throw failed("failed to start process %s, exiting".formatted(name), what, e);
    }
    if (options.uptimeLimit().map(limit -> process.uptime().compareTo(limit) <= 0).orElse(true)) {
      mail(
          "process %s restarted".formatted(name),
          "memmon.py restarted the process named %s at %s because it was consuming too much memory (%d bytes RSS)"
              .formatted(name, timestamps.asInC(), bytes));
    }
  }

  private IOException failed(String subject, String what, StartStopRefusedException cause)
      throws IOException {
    log.accept(what);
    mail(subject, what);
    return new IOException(what, cause);
  }

  private void mail(String subject, String body) throws IOException {
    if (options.to().isPresent()) {
      String id = options.name().map(" [%s]"::formatted).orElse("");
      mailer.send(
          new Mail(
              Optional.empty(),
              List.of(options.to().get()),
              Optional.of("memmon%s: %s".formatted(id, subject)),
              body));
    }
  }
}

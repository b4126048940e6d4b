package ee.supervisor.web.page;

import ee.supervisor.process.ProcessDescription;
import ee.supervisor.process.ProcessInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The line that shows how a process is doing, in the language of who looks at it; in English it is
 * Supervisor's, letter by letter.
 */
final class Description {
  private static final int MOST_NEEDS = 3;

  private Description() {}

  /** The line for {@code process} as seen at {@code now}. */
  static String of(Texts texts, ProcessInfo process, Instant now) {
    if (texts.language() == Language.ENGLISH) {
      return ProcessDescription.of(process, now);
    } else if (!process.waitsFor().isEmpty()) {
      return waiting(texts, process);
    }
    return switch (process.state()) {
      case RUNNING ->
          texts.get(
                  "describe.running",
                  Integer.toString(process.pid()),
                  uptime(texts, process.start(), now))
              + health(texts, process);
      case FATAL, BACKOFF ->
          process.spawnError().isEmpty()
              ? texts.get("describe.unknown", process.name())
              : process.spawnError();
      case STOPPED, EXITED ->
          process.start().getEpochSecond() == 0
              ? texts.get("describe.unstarted")
              : texts.date(process.stop());
      case STARTING, STOPPING -> process.statusText();
      case UNKNOWN -> "";
    };
  }

  private static String waiting(Texts texts, ProcessInfo process) {
    String first = texts.needs(process.waitsFor().stream().limit(MOST_NEEDS).toList());
    int more = process.waitsFor().size() - MOST_NEEDS;
    return texts.get("describe.waiting", first)
        + (more > 0 ? " " + texts.get("status.more", more) : "");
  }

  private static String health(Texts texts, ProcessInfo process) {
    Optional<String> said = Optional.of(process.statusText()).filter(text -> !text.isEmpty());
    return process.ready().orElse(true)
        ? said.map(text -> ", " + text).orElse("")
        : ", " + texts.get("describe.unready") + said.map(text -> ": " + text).orElse("");
  }

  private static String uptime(Texts texts, Instant start, Instant now) {
    Duration up = Duration.ofSeconds(Math.max(0, now.getEpochSecond() - start.getEpochSecond()));
    String time =
        "%d:%02d:%02d".formatted(up.toHours() % 24, up.toMinutesPart(), up.toSecondsPart());
    return up.toDays() == 0
        ? time
        : texts.get(up.toDays() == 1 ? "describe.day" : "describe.days", up.toDays(), time);
  }
}

package ee.supervisor.superlance;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Restarts processes when a page does not come as it should, looked for at each TICK event. */
final class HttpOk implements Watcher {

  /**
   * What its command line says.
   *
   * @param url the page
   * @param programs processes to restart, by name or namespec
   * @param any restart all that run
   * @param statuses expected status codes, at least one
   * @param inBody text the page must hold, if any
   * @param to where the mail goes; empty for none
   * @param eager look even if none of {@code programs} runs
   * @param minUptime processes that started less long ago are left alone
   * @param name stands in the subject, to tell several httpoks apart
   */
  record Options(
      URI url,
      List<String> programs,
      boolean any,
      Set<Integer> statuses,
      Optional<String> inBody,
      Optional<String> to,
      boolean eager,
      Duration minUptime,
      Optional<String> name) {}

  private final Options options;
  private final HttpProbe probe;
  private final Processes processes;
  private final Optional<CoreDump> coreDump;
  private final Mailer mailer;
  private final Consumer<String> log;

  HttpOk(
      Options options,
      HttpProbe probe,
      Processes processes,
      Optional<CoreDump> coreDump,
      Mailer mailer,
      Consumer<String> log) {
    this.options = options;
    this.probe = probe;
    this.processes = processes;
    this.coreDump = coreDump;
    this.mailer = mailer;
    this.log = log;
  }

  @Override
  public void hear(Notice notice) throws IOException {
    if (!notice.isTick() || !(options.eager() || aWatchedOneRuns())) {
      return;
    }
    try {
      HttpProbe.Response response = probe.ask();
      String status = "status contacting %s: %d".formatted(options.url(), response.status());
      if (!options.statuses().contains(response.status())) {
        act("bad status returned", status);
      } else if (options.inBody().filter(text -> !response.body().contains(text)).isPresent()) {
        act("bad body returned", status);
      }
    } catch (IOException e) {
      act(
          "bad status returned",
          "error contacting %s:\n\n %s".formatted(options.url(), e.getMessage()));
    }
  }

  private boolean aWatchedOneRuns() throws IOException {
    return processes.all().stream().anyMatch(each -> each.running() && isWatched(each));
  }

  private boolean isWatched(WatchedProcess process) {
    return options.any() || options.programs().stream().anyMatch(process::isNamed);
  }

  private void act(String what, String detail) throws IOException {
    Report report = new Report(detail);
    List<WatchedProcess> all;
    try {
      all = processes.all();
    } catch (IOException e) {
      report.add("Exception retrieving process info %s, not acting".formatted(e.getMessage()));
      return;
    }
    report.add(
        options.any()
            ? "Restarting all running processes"
            : "Restarting selected processes " + options.programs());
    Set<String> missing = new LinkedHashSet<>(options.programs());
    for (WatchedProcess each : all) {
      missing.removeIf(each::isNamed);
      if (isWatched(each)) {
        restart(each, report);
      }
    }
    if (!missing.isEmpty()) {
      report.add("Programs not restarted because they did not exist: " + missing);
    }
    mail("%s: %s".formatted(options.url(), what), report);
  }

  private void restart(WatchedProcess process, Report report) throws IOException {
    String name = process.namespec();
    if (!process.running()) {
      report.add("%s not in RUNNING state, NOT restarting".formatted(name));
      return;
    }
    if (process.uptime().compareTo(options.minUptime()) < 0) {
      report.add(
          "%s is in RUNNING state %d seconds (<%d), delay restarting"
              .formatted(name, process.uptime().toSeconds(), options.minUptime().toSeconds()));
      return;
    }
    if (coreDump.isPresent()) {
      report.add(
          "gcore output for %s:\n\n %s".formatted(name, coreDump.get().of(name, process.pid())));
    }
    report.add("%s is in RUNNING state, restarting".formatted(name));
    try {
      processes.stop(name);
    } catch (StartStopRefusedException e) {
      report.add("Failed to stop process %s: %s".formatted(name, e.getMessage()));
    }
    try {
      processes.start(name);
      report.add("%s restarted".formatted(name));
    } catch (StartStopRefusedException e) {
      report.add("Failed to start process %s: %s".formatted(name, e.getMessage()));
    }
  }

  private void mail(String what, Report report) throws IOException {
    if (options.to().isEmpty()) {
      return;
    }
    String id = options.name().map(" [%s]"::formatted).orElse("");
    Mail mail =
        new Mail(
            Optional.empty(),
            List.of(options.to().get()),
            Optional.of("httpok%s: %s".formatted(id, what)),
            report.text());
    mailer.send(mail);
    log.accept("Mailed:\n\n" + SendmailMailer.message(mail));
  }

  /** What is reported, in the log at once, in the mail at the end. */
  private final class Report {
    private final List<String> lines = new ArrayList<>();

    Report(String first) {
      lines.add(first);
    }

    void add(String line) {
      log.accept(line);
      lines.add(line);
    }

    String text() {
      return String.join("\n", lines);
    }
  }
}

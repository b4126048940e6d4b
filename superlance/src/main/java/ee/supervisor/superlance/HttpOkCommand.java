package ee.supervisor.superlance;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of {@code httpok}. */
@Command(
    name = "httpok",
    description = "Restarts processes when a page fails to come. Wants events=TICK_60.")
final class HttpOkCommand extends WatcherCommand {

  /** Between attempts to connect to a port where nobody listens yet. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  @Parameters(paramLabel = "URL", description = "The page, http or https.")
  private URI url;

  @Option(
      names = {"-p", "--program"},
      paramLabel = "NAME",
      description = "Restart this process, NAME or GROUP:NAME; may be given several times.")
  private List<String> programs = new ArrayList<>();

  @Option(
      names = {"-a", "--any"},
      description = "Restart all processes that are RUNNING, whatever -p says.")
  private boolean any;

  @Option(
      names = {"-t", "--timeout"},
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long the page may take (${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Option(
      names = {"-c", "--code"},
      paramLabel = "STATUS",
      description = "Expected status code; may be given several times (200).")
  private Set<Integer> statuses = new LinkedHashSet<>();

  @Option(
      names = {"-b", "--body"},
      paramLabel = "TEXT",
      description = "Text that must be in the page.")
  private Optional<String> inBody;

  @Option(
      names = {"-g", "--gcore"},
      paramLabel = "COMMAND",
      defaultValue = "/usr/bin/gcore -o",
      description = "Command that dumps core, given a file and a pid (${DEFAULT-VALUE}).")
  private String gcore;

  @Option(
      names = {"-d", "--coredir"},
      paramLabel = "DIRECTORY",
      description = "Dump each process into DIRECTORY before it is restarted.")
  private Optional<Path> coreDirectory;

  @Option(
      names = {"-w", "--delay"},
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Leave processes alone that were started less than SECONDS ago.")
  private int delaySeconds;

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description = "Put NAME into the subject, to tell several httpoks apart.")
  private Optional<String> name;

  @Mixin private SendmailOptions mail;

  private boolean eager = true;

  @Option(
      names = {"-e", "--eager"},
      description = "Ask for the page even if none of the processes runs. The default.")
  void beEager(boolean given) {
    eager = true;
  }

  @Option(
      names = {"-E", "--not-eager"},
      description = "Ask for the page only if one of the processes runs.")
  void beNotEager(boolean given) {
    eager = false;
  }

  @Override
  Watcher watcher(WatcherContext context) {
    if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
      throw new IllegalArgumentException("Bad scheme " + url.getScheme() + ": http or https");
    }
    HttpOk.Options options =
        new HttpOk.Options(
            url,
            programs,
            any,
            statuses.isEmpty() ? Set.of(200) : statuses,
            inBody,
            mail.to(),
            eager,
            Duration.ofSeconds(delaySeconds),
            name);
    return new HttpOk(
        options,
        new HttpProbe(url, Duration.ofSeconds(timeoutSeconds), PAUSE),
        context.processes(),
        coreDirectory.map(directory -> new CoreDump(gcore, directory)),
        mail.mailer(),
        context.log());
  }
}

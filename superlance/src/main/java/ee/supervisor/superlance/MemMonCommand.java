package ee.supervisor.superlance;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code memmon}. */
@Command(
    name = "memmon",
    description = {
      "Restarts processes that use too much memory. Wants events=TICK_60.",
      "A SIZE is a number of bytes, or one with KB, MB or GB."
    })
final class MemMonCommand extends WatcherCommand {

  @Option(
      names = {"-p", "--program"},
      paramLabel = "NAME=SIZE",
      description = "Limit of a process, NAME or GROUP:NAME; may be given several times.")
  private Map<String, String> programs = new TreeMap<>();

  @Option(
      names = {"-g", "--group", "--groupname"},
      paramLabel = "GROUP=SIZE",
      description = "Limit of each process of a group; may be given several times.")
  private Map<String, String> groups = new TreeMap<>();

  @Option(
      names = {"-a", "--any"},
      paramLabel = "SIZE",
      description = "Limit of every process.")
  private Optional<String> any;

  @Option(
      names = {"-c", "--cumulative"},
      description = "Count the memory of a process's children with its own.")
  private boolean cumulative;

  @Option(
      names = {"-u", "--uptime"},
      paramLabel = "TIME",
      description =
          "Mail only if the process was up for at most TIME seconds; m, h, d for other units.")
  private Optional<String> uptime;

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description = "Put NAME into the subject, to tell several memmons apart.")
  private Optional<String> name;

  @Mixin private SendmailOptions mail;

  @Override
  Watcher watcher(WatcherContext context) {
    if (programs.isEmpty() && groups.isEmpty() && any.isEmpty()) {
      throw new IllegalArgumentException("memmon needs a limit: -p, -g or -a");
    }
    MemMon.Options options =
        new MemMon.Options(
            bytes(programs),
            bytes(groups),
            any.map(Units::bytes).map(OptionalLong::of).orElse(OptionalLong.empty()),
            cumulative,
            mail.to(),
            uptime.map(Units::seconds).map(Duration::ofSeconds),
            name);
    return new MemMon(
        options, context.processes(), mail.mailer(), context.timestamps(), context.log());
  }

  private static SortedMap<String, Long> bytes(Map<String, String> sizes) {
    SortedMap<String, Long> bytes = new TreeMap<>();
    sizes.forEach((key, size) -> bytes.put(key, Units.bytes(size)));
    return bytes;
  }
}

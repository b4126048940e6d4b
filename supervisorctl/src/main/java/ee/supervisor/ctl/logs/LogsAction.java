package ee.supervisor.ctl.logs;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.action.ActionArguments;
import ee.supervisor.ctl.action.ChosenProcesses;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Shows what several processes write, in one stream, each line with the name of its process. */
public final class LogsAction implements Action {
  private static final int DEFAULT_LINES = 20;
  private static final int MAX_LINES = 100_000;

  /** Each log that is followed takes a connection and a thread here, and a place at the server. */
  private static final int MAX_FOLLOWED = 400;

  /** Makes the action. */
  public LogsAction() {}

  @Override
  public String name() {
    return "logs";
  }

  @Override
  public String help() {
    return """
        logs [-f] [--since <time>] [-n <lines>] [--stdout|--stderr] <name> [...]
        logs web:* worker\tThe last 20 lines of each, stdout (name |) and stderr (name !)
        logs -f all\t\tThe same, and what is added, until Ctrl-C
        logs -n 100 web\t\tThe last 100 lines of each log
        logs --since 10m web\tWhat was written in the last 10 minutes (90, 30s, 10m, 2h, 1d),
        \t\t\tby the dates that the lines themselves begin with
        --color=never|auto|always\tWhether names have colours""";
  }

  @Override
  public Completes completes() {
    return Completes.PROCESSES;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    if (!session.serverIsUp()) {
      return;
    }
    ActionArguments arguments = new ActionArguments(name(), argument);
    boolean follow;
    boolean coloured;
    Past past;
    List<Channel> channels;
    List<String> names;
    try {
      follow = arguments.flag("-f", "--follow");
      coloured = arguments.coloured(session.coloured());
      Optional<Duration> since = arguments.duration("--since");
      OptionalInt lines = arguments.number(MAX_LINES, "-n", "--lines");
      past =
          new Past(
              lines.orElse(since.isPresent() ? MAX_LINES : DEFAULT_LINES),
              since.map(Instant.now()::minus));
      channels = channels(arguments.flag("--stdout"), arguments.flag("--stderr"));
      names = arguments.names();
      if (names.isEmpty()) {
        throw new IllegalArgumentException("Error: logs requires a process name");
      }
    } catch (IllegalArgumentException e) {
      session.print(e.getMessage());
      session.print(help());
      session.exitStatus(ExitStatus.INVALID_ARGUMENTS);
      return;
    }
    ChosenProcesses chosen = ChosenProcesses.ask(session, names);
    chosen.complain(session, ExitStatus.GENERIC);
    List<LogSource> sources = sources(chosen.names(), channels);
    if (follow && sources.size() > MAX_FOLLOWED) {
      session.print(
          "Error: logs: at most "
              + MAX_FOLLOWED
              + " logs are followed at once, not "
              + sources.size()
              + "; --stdout leaves half of them, or name fewer processes");
      session.exitStatus(ExitStatus.INVALID_ARGUMENTS);
      return;
    }
    Merged merged = new Merged(session, new LinePrefix(chosen.names(), coloured));
    merged.showPast(sources, past);
    if (follow && !sources.isEmpty()) {
      merged.follow(sources);
    }
  }

  private static List<Channel> channels(boolean stdout, boolean stderr) {
    if (stdout == stderr) {
      return List.of(Channel.STDOUT, Channel.STDERR);
    }
    return List.of(stdout ? Channel.STDOUT : Channel.STDERR);
  }

  private static List<LogSource> sources(List<String> names, List<Channel> channels) {
    List<LogSource> sources = new ArrayList<>();
    for (String name : names) {
      channels.forEach(channel -> sources.add(new LogSource(name, channel)));
    }
    return sources;
  }
}

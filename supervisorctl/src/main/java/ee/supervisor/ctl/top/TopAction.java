package ee.supervisor.ctl.top;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.action.ActionArguments;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.ctl.terminal.Terminals;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Shows all programs on the whole screen, as they are now; once, where there is no screen. */
public final class TopAction implements Action {
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /** Makes the action. */
  public TopAction() {}

  @Override
  public String name() {
    return "top";
  }

  @Override
  public String help() {
    return """
        top [-d <seconds>] [<word> ...]
        top\t\t\tAll programs on the whole screen, live: states, processor, memory,
        \t\t\trestarts, uptime; start, stop, restart and logs by key (? lists the keys)
        top -d 5\t\tThe server is asked every 5 seconds instead of every 2
        top web fatal\t\tOnly those with these words in name or state
        In a pipe the table is printed once.""";
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    if (!session.serverIsUp()) {
      return;
    }
    ActionArguments arguments = new ActionArguments(name(), argument);
    Duration interval;
    boolean coloured;
    List<String> words;
    try {
      interval = arguments.duration("-d", "--delay").orElse(INTERVAL);
      if (interval.isZero() || interval.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException("Error: top: -d takes 1 second to 1 hour");
      }
      coloured = arguments.coloured(session.coloured());
      words = arguments.names();
    } catch (IllegalArgumentException e) {
      session.print(e.getMessage());
      session.print(help());
      session.exitStatus(ExitStatus.INVALID_ARGUMENTS);
      return;
    }
    Table table = new Table();
    table.filter(String.join(" ", words));
    if (Terminals.editable() && !isDumb()) {
      new Top(session, table, interval, coloured).run();
    } else {
      print(session, table);
    }
  }

  private static boolean isDumb() {
    String type = System.getenv("TERM");
    return type == null || type.equals("dumb");
  }

  private static void print(Session session, Table table) throws IOException, RpcFault {
    Fleet fleet = new Fleet(session.server());
    table.programs(fleet.ask());
    session.print(
        String.format(
            Locale.ROOT,
            "%-32s %-9s %8s %6s %8s %8s %12s",
            Arrays.stream(Column.values()).map(Column::heading).toArray()));
    long now = Instant.now().getEpochSecond();
    for (Program program : table.shown()) {
      Object[] cells =
          Arrays.stream(Column.values()).map(column -> column.text(program, now)).toArray();
      session.print(String.format(Locale.ROOT, "%-32s %-9s %8s %6s %8s %8s %12s", cells));
    }
    if (!fleet.isMeasured()) {
      session.complain("this server does not tell of processor, memory and restarts");
    }
  }
}

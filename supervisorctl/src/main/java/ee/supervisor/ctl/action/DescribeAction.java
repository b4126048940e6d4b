package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Tells everything that there is to know about a process. */
final class DescribeAction implements Action {

  @Override
  public String name() {
    return "describe";
  }

  @Override
  public String help() {
    return """
        describe <name> [...]
        describe web\t\tEverything that is known about a process: how it is, how it is
        \t\t\tconfigured, how it has ended lately and why, and the last lines
        \t\t\tthat it wrote to stderr
        describe <group>:*\tThe same for all processes of a group""";
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
    boolean coloured;
    List<String> names;
    try {
      coloured = arguments.coloured(session.coloured());
      names = arguments.names();
      if (names.isEmpty()) {
        throw new IllegalArgumentException("Error: describe requires a process name");
      }
    } catch (IllegalArgumentException e) {
      session.print(e.getMessage());
      session.print(help());
      session.exitStatus(ExitStatus.INVALID_ARGUMENTS);
      return;
    }
    ChosenProcesses chosen = ChosenProcesses.ask(session, names);
    chosen.complain(session, ExitStatus.STATUS_UNKNOWN);
    Description description = new Description(session, coloured);
    boolean first = true;
    for (Map<?, ?> info : chosen.infos()) {
      if (!first) {
        session.print("");
      }
      description.show(new Struct(info));
      first = false;
    }
  }
}

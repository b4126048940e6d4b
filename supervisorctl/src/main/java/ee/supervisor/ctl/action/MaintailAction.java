package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** Shows the end of supervisord's own log, once or as it grows. */
final class MaintailAction implements Action {

  @Override
  public String name() {
    return "maintail";
  }

  @Override
  public String help() {
    return HelpTexts.MAINTAIL;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    if (!session.serverIsUp()) {
      return;
    }
    List<String> words = Words.of(argument);
    if (words.size() > 1) {
      session.print("Error: too many arguments");
      session.exitStatus(ExitStatus.GENERIC);
      session.print(help());
      return;
    }
    String modifier = words.isEmpty() ? "" : words.get(0);
    if (modifier.equals("-f")) {
      new LogPrinter(session).follow("/mainlogtail");
      return;
    }
    boolean option = words.isEmpty() || modifier.startsWith("-");
    OptionalInt bytes = option ? LogPart.bytes(modifier) : OptionalInt.empty();
    if (bytes.isEmpty()) {
      session.print("Error: bad argument " + modifier);
      session.exitStatus(ExitStatus.GENERIC);
      return;
    }
    LogPart.print(session, "supervisord", "supervisor.readLog", -bytes.getAsInt(), 0);
  }
}

package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.text.PythonText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Shows the end of a process' log, once or as it grows. */
final class TailAction implements Action {

  @Override
  public String name() {
    return "tail";
  }

  @Override
  public String help() {
    return HelpTexts.TAIL;
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
    List<String> words = Words.of(argument);
    if (words.isEmpty() || words.size() > 3) {
      refuse(session, words.isEmpty() ? "too few arguments" : "too many arguments");
      session.print(help());
      return;
    }
    String modifier = "";
    if (words.get(0).startsWith("-")) {
      modifier = words.remove(0);
      if (words.isEmpty()) {
        refuse(session, "tail requires process name");
        return;
      }
    }
    String channel = "stdout";
    if (words.size() > 1) {
      channel = words.get(words.size() - 1).toLowerCase(Locale.ROOT);
      if (!channel.equals("stdout") && !channel.equals("stderr")) {
        refuse(session, "bad channel " + PythonText.repr(channel));
        return;
      }
    }
    show(session, modifier, words.get(0), channel);
  }

  private static void show(Session session, String modifier, String name, String channel)
      throws IOException, RpcFault {
    if (modifier.equals("-f")) {
      new LogPrinter(session).follow("/logtail/" + name + "/" + channel);
      return;
    }
    OptionalInt bytes = LogPart.bytes(modifier);
    if (bytes.isEmpty()) {
      refuse(session, "bad argument " + modifier);
      return;
    }
    String method =
        channel.equals("stdout")
            ? "supervisor.readProcessStdoutLog"
            : "supervisor.readProcessStderrLog";
    LogPart.print(session, name, method, name, -bytes.getAsInt(), 0);
  }

  private static void refuse(Session session, String why) {
    session.print("Error: " + why);
    session.exitStatus(ExitStatus.GENERIC);
  }
}

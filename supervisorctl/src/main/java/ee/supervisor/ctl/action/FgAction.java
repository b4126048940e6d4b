package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the operator's terminal in front of a process: what is typed goes to it, what it writes is
 * shown.
 */
final class FgAction implements Action {

  @Override
  public String name() {
    return "fg";
  }

  @Override
  public String help() {
    return HelpTexts.FG;
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
    List<String> names = Words.of(argument);
    if (names.isEmpty()) {
      refuse(session, "no process name supplied");
      session.print(help());
    } else if (names.size() > 1) {
      refuse(session, "too many process names supplied");
    } else {
      attach(session, names.get(0));
    }
  }

  private static void attach(Session session, String name) throws IOException, RpcFault {
    try {
      if (!running(session, name)) {
        refuse(session, "process not running");
        return;
      }
    } catch (RpcFault fault) {
      if (fault.code() == FaultCode.BAD_NAME) {
        refuse(session, "bad process name supplied");
      } else {
        session.print("ERROR: " + fault.repr());
      }
      return;
    }
    session.print("==> Press Ctrl-C to exit <==");
    List<InputStream> logs = List.of();
    try {
      logs = show(session, name);
      String end = feed(session, name);
      if (!end.isEmpty()) {
        session.print(end);
      }
    } finally {
      logs.forEach(LogPrinter::close);
    }
    session.print("Exiting foreground");
  }

  /** Shows both outputs of the process, each by a thread that ends when its log is closed. */
  private static List<InputStream> show(Session session, String name) {
    LogPrinter follower = new LogPrinter(session);
    List<InputStream> logs = new ArrayList<>();
    for (String channel : List.of("stdout", "stderr")) {
      String path = "/logtail/" + name + "/" + channel;
      try {
        InputStream log = follower.open(path);
        logs.add(log);
        Thread thread = new Thread(() -> follower.copy(log), path);
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        follower.complain(path, e);
      }
    }
    return logs;
  }

  /** Hands lines to the process until one of the three ends; returns what to print about it. */
  private static String feed(Session session, String name) throws IOException, RpcFault {
    while (true) {
      Optional<String> line;
      try {
        line = session.readRawLine();
      } catch (InterruptedIOException e) {
        return "";
      }
      if (line.isEmpty()) {
        return "";
      }
      try {
        session.server().call("supervisor.sendProcessStdin", name, line.get() + "\n");
      } catch (RpcFault fault) {
        return fault.code() == FaultCode.NOT_RUNNING
            ? "Process got killed"
            : "ERROR: " + fault.repr();
      }
      if (!running(session, name)) {
        return "Process got killed";
      }
    }
  }

  private static boolean running(Session session, String name) throws IOException, RpcFault {
    Struct info = Struct.of(session.server().call("supervisor.getProcessInfo", name));
    return info.text("statename").equals("RUNNING");
  }

  private static void refuse(Session session, String why) {
    session.print("ERROR: " + why);
    session.exitStatus(ExitStatus.GENERIC);
  }
}

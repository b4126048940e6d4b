package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import ee.supervisor.protocol.Namespec;
import java.io.IOException;

/** Shows which processes are configured, and which of them are in use. */
final class AvailAction implements Action {
  private static final int NAME_WIDTH = 32;
  private static final int WORD_WIDTH = 9;

  @Override
  public String name() {
    return "avail";
  }

  @Override
  public String help() {
    return HelpTexts.AVAIL;
  }

  @Override
  public void run(Session session, String argument) throws IOException, RpcFault {
    if (!argument.isEmpty()) {
      NoArguments.refuse(session, this);
      return;
    }
    try {
      for (Struct info : Struct.listOf(session.server().call("supervisor.getAllConfigInfo"))) {
        session.print(line(info));
      }
    } catch (RpcFault fault) {
      session.exitStatus(ExitStatus.GENERIC);
      if (fault.code() != FaultCode.SHUTDOWN_STATE) {
        throw fault;
      }
      session.print("ERROR: supervisor shutting down");
    }
  }

  private static String line(Struct info) {
    return Columns.pad(Namespec.of(info.text("group"), info.text("name")), NAME_WIDTH)
        + " "
        + Columns.pad(info.flag("inuse") ? "in use" : "avail", WORD_WIDTH)
        + " "
        + Columns.pad(info.flag("autostart") ? "auto" : "manual", WORD_WIDTH)
        + " "
        + info.text("group_prio")
        + ":"
        + info.text("process_prio");
  }
}

package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Sends a signal to processes. */
final class SignalAction implements Action {

  @Override
  public String name() {
    return "signal";
  }

  @Override
  public String help() {
    return HelpTexts.SIGNAL;
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
    if (words.size() < 2) {
      session.print("Error: signal requires a signal name and a process name");
      session.print(help());
      session.exitStatus(ExitStatus.GENERIC);
      return;
    }
    new ProcessCommand(session, Verb.SIGNAL, Optional.empty(), words.get(0))
        .apply(words.subList(1, words.size()));
  }
}

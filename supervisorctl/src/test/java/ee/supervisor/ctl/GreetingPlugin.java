package ee.supervisor.ctl;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.Completes;
import ee.supervisor.ctl.spi.CtlPlugin;
import ee.supervisor.ctl.spi.Session;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The plug-in that docs/supervisorctl.md shows. */
public final class GreetingPlugin implements CtlPlugin {

  @Override
  public List<Action> actions(String name, Map<String, String> options) {
    return List.of(new Greet(options.getOrDefault("word", "good day")));
  }

  private record Greet(String word) implements Action {

    @Override
    public String name() {
      return "greet";
    }

    @Override
    public String help() {
      return "greet <name>\tGreet a process";
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
      Map<?, ?> info = (Map<?, ?>) session.server().call("supervisor.getProcessInfo", argument);
      session.print(word + ", " + argument + ": " + info.get("statename"));
    }
  }
}

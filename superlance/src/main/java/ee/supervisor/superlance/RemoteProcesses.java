package ee.supervisor.superlance;

import ee.supervisor.client.RpcFault;
import ee.supervisor.client.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The processes of the supervisord that runs us as a listener, reached by XML-RPC. */
final class RemoteProcesses implements Processes {
  private static final int RUNNING = 20;

  private final Server server;

  /** The processes of that server; not for use by several threads at once. */
  RemoteProcesses(Server server) {
    this.server = server;
  }

  @Override
  public List<WatchedProcess> all() throws IOException {
    try {
      List<WatchedProcess> all = new ArrayList<>();
      for (Object info : (List<?>) server.call("supervisor.getAllProcessInfo")) {
        all.add(process((Map<?, ?>) info));
      }
      return all;
    } catch (RpcFault e) {
      throw new IOException(fault(e), e);
    } catch (ClassCastException e) {
      throw new IOException("the server's response is not a list of processes", e);
    }
  }

  @Override
  public void stop(String name) throws IOException, StartStopRefusedException {
    command("supervisor.stopProcess", name);
  }

  @Override
  public void start(String name) throws IOException, StartStopRefusedException {
    command("supervisor.startProcess", name);
  }

  private void command(String method, String name) throws IOException, StartStopRefusedException {
    try {
      server.call(method, name);
    } catch (RpcFault e) {
      throw new StartStopRefusedException(fault(e), e);
    }
  }

  private static WatchedProcess process(Map<?, ?> info) {
    return new WatchedProcess(
        (String) info.get("group"),
        (String) info.get("name"),
        number(info, "state") == RUNNING,
        number(info, "pid"),
        Duration.ofSeconds(number(info, "now") - (long) number(info, "start")));
  }

  private static int number(Map<?, ?> info, String key) {
    return (Integer) info.get(key);
  }

  private static String fault(RpcFault fault) {
    return "<Fault %d: '%s'>".formatted(fault.code(), fault.text());
  }
}

package ee.supervisor.ctl.top;

import ee.supervisor.client.RpcFault;
import ee.supervisor.client.Server;
import ee.supervisor.ctl.action.Rest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the server how all processes are; confined to one thread. */
final class Fleet {
  private final Server server;
  private boolean hasRest = true;

  Fleet(Server server) {
    this.server = server;
  }

  /** Whether the server tells of processor, memory and restarts. */
  boolean isMeasured() {
    return hasRest;
  }

  /** All processes, in the server's order. */
  List<Program> ask() throws IOException, RpcFault {
    if (hasRest) {
      Optional<Object> list = Rest.get(server, "/processes?usage=true");
      if (list.isPresent() && list.get() instanceof List<?> found) {
        List<Program> programs = new ArrayList<>(found.size());
        found.forEach(one -> programs.add(Program.ofRest((Map<?, ?>) one)));
        return programs;
      }
      hasRest = false;
    }
    List<Program> programs = new ArrayList<>();
    if (server.call("supervisor.getAllProcessInfo") instanceof List<?> found) {
      found.forEach(one -> programs.add(Program.ofXmlRpc((Map<?, ?>) one)));
    }
    return programs;
  }
}

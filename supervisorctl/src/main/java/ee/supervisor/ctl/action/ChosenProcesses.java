package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.Namespec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the processes that an operator named.
 *
 * @param infos what {@code getAllProcessInfo} says of each, in the order of the names
 * @param unknown names that stand for nothing
 */
public record ChosenProcesses(List<Map<?, ?>> infos, List<String> unknown) {

  /**
   * Asks the server.
   *
   * @param session the server
   * @param names processes, {@code group:*}, or {@code all}
   * @return each process once
   * @throws IOException if the server fails
   * @throws RpcFault if it refuses
   */
  public static ChosenProcesses ask(Session session, List<String> names)
      throws IOException, RpcFault {
    List<Struct> all = Struct.listOf(session.server().call("supervisor.getAllProcessInfo"));
    Set<Struct> chosen = new LinkedHashSet<>();
    List<String> unknown = new ArrayList<>();
    for (String name : names) {
      List<Struct> found = all.stream().filter(info -> isMeant(name, info)).toList();
      if (found.isEmpty() && !name.equals("all")) {
        unknown.add(name);
      }
      chosen.addAll(found);
    }
    List<Map<?, ?>> infos = new ArrayList<>();
    chosen.forEach(info -> infos.add(info.members()));
    return new ChosenProcesses(infos, unknown);
  }

  private static boolean isMeant(String name, Struct info) {
    Namespec namespec = Namespec.parse(name);
    return name.equals("all")
        || (info.text("group").equals(namespec.group())
            && namespec.process().map(info.text("name")::equals).orElse(true));
  }

  /**
   * The names of the processes, as they are shown and as the server takes them.
   *
   * @return a name for each
   */
  public List<String> names() {
    return infos.stream().map(ChosenProcesses::name).toList();
  }

  /** The name of a process. */
  static String name(Map<?, ?> info) {
    Struct struct = new Struct(info);
    return Namespec.of(struct.text("group"), struct.text("name"));
  }

  /**
   * Tells of the names that stand for nothing, and sets the exit code.
   *
   * @param session the operator
   * @param status the exit code if there are any
   */
  public void complain(Session session, int status) {
    for (String name : unknown) {
      String what = Namespec.parse(name).process().isEmpty() ? "group" : "process";
      session.complain(name + ": ERROR (no such " + what + ")");
      session.exitStatus(status);
    }
  }
}

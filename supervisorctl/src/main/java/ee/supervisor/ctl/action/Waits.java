package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.protocol.FaultCode;
import ee.supervisor.protocol.Namespec;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What processes need and wait for, and whether they are ready.
 *
 * @param byName of those that need something, or have a readiness beyond their state
 */
record Waits(Map<String, Struct> byName) {
  private static final List<String> MEMBERS = List.of("needs", "waits_for");

  /** Asks the server; Supervisor's own knows of none. */
  static Waits of(Session session) throws IOException, RpcFault {
    Map<String, Struct> byName = new HashMap<>();
    try {
      for (Struct struct : Struct.listOf(session.server().call(Extension.WAITS))) {
        byName.put(Namespec.of(struct.text("group"), struct.text("name")), struct);
      }
    } catch (RpcFault fault) {
      if (fault.code() != FaultCode.UNKNOWN_METHOD) {
        throw fault;
      }
    }
    return new Waits(byName);
  }

  /** What a process waits for before it is started, in words; empty if it does not wait. */
  List<String> obstacles(String name) {
    Struct own = byName.get(name);
    return own == null ? List.of() : Struct.strings(own.member("waits_for"));
  }

  /** Whether others may count on a process. */
  boolean isReady(Struct info) {
    Struct own = byName.get(Namespec.of(info.text("group"), info.text("name")));
    if (own != null && own.members().containsKey("ready")) {
      return own.flag("ready");
    }
    return info.text("statename").equals("RUNNING");
  }

  /** What is known of a process, with what it needs if it needs something. */
  Map<?, ?> added(Struct info) {
    Struct own = byName.get(Namespec.of(info.text("group"), info.text("name")));
    if (own == null || Struct.list(own.member("needs")).isEmpty()) {
      return info.members();
    }
    Map<Object, Object> all = new LinkedHashMap<>(info.members());
    MEMBERS.forEach(name -> all.put(name, own.members().get(name)));
    return all;
  }
}

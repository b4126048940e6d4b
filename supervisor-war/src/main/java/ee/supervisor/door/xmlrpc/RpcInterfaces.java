package ee.supervisor.door.xmlrpc;

import ee.supervisor.access.AuditLog;
import ee.supervisor.config.RpcInterfaceConfig;
import ee.supervisor.control.Supervisor;
import ee.supervisor.rpc.PluginInterfaces;
import ee.supervisor.rpc.RpcMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Makes the RPC interfaces that {@code [rpcinterface:x]} sections name. */
public final class RpcInterfaces {
  private static final System.Logger LOG = System.getLogger(RpcInterfaces.class.getName());

  private RpcInterfaces() {}

  /**
   * Takes those that the launcher has made, or makes what the supervisor's configuration names. An
   * interface that cannot be made here is logged and left out: in an application server the others
   * must not fall with it.
   *
   * @param audit where calls that change something are recorded
   * @param work where the later calls of a multicall are made
   * @param logReaders where log files are read
   */
  public static MethodRegistry open(
      Supervisor supervisor, AuditLog audit, Executor work, Executor logReaders) {
    Map<String, List<RpcMethod>> namespaces = new LinkedHashMap<>();
    Optional<Map<String, List<RpcMethod>>> offered = PluginInterfaces.offered(supervisor);
    offered.ifPresent(made -> made.forEach((name, methods) -> add(namespaces, name, methods)));
    for (RpcInterfaceConfig section : supervisor.configuration().rpcInterfaces()) {
      if (PluginInterfaces.isMain(section)) {
        add(
            namespaces,
            section.name(),
            new SupervisorNamespace(logReaders).create(supervisor, section.extras()));
      } else if (offered.isEmpty()) {
        make(section, supervisor).ifPresent(methods -> add(namespaces, section.name(), methods));
      }
    }
    return new MethodRegistry(namespaces, audit, work);
  }

  private static void add(
      Map<String, List<RpcMethod>> namespaces, String name, List<RpcMethod> methods) {
    namespaces.computeIfAbsent(name, added -> new ArrayList<>()).addAll(methods);
  }

  private static Optional<List<RpcMethod>> make(RpcInterfaceConfig section, Supervisor supervisor) {
    try {
      return Optional.of(PluginInterfaces.make(section, supervisor));
    } catch (Exception | LinkageError e) {
      LOG.log(System.Logger.Level.ERROR, "Could not make " + section.name() + " rpc interface", e);
      return Optional.empty();
    }
  }
}

package ee.supervisor.door.xmlrpc;

import ee.supervisor.access.AuditLog;
import ee.supervisor.config.RpcInterfaceConfig;
import ee.supervisor.control.Supervisor;
import ee.supervisor.rpc.PluginPath;
import ee.supervisor.rpc.RpcInterfaceFactory;
import ee.supervisor.rpc.RpcMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Makes the RPC interfaces that {@code [rpcinterface:x]} sections name. */
public final class RpcInterfaces {
  private static final System.Logger LOG = System.getLogger(RpcInterfaces.class.getName());

  private RpcInterfaces() {}

  /**
   * Makes what the supervisor's configuration names. An interface that cannot be made is logged and
   * left out: the others must not fall with it.
   *
   * @param audit where calls that change something are recorded
   * @param work where the later calls of a multicall are made
   * @param logReaders where log files are read
   */
  public static MethodRegistry open(
      Supervisor supervisor, AuditLog audit, Executor work, Executor logReaders) {
    Map<String, List<RpcMethod>> namespaces = new LinkedHashMap<>();
    for (RpcInterfaceConfig section : supervisor.configuration().rpcInterfaces()) {
      try {
        RpcInterfaceFactory factory = factory(section.factory(), logReaders);
        List<RpcMethod> methods = factory.create(supervisor, Map.copyOf(section.extras()));
        namespaces.computeIfAbsent(section.name(), name -> new ArrayList<>()).addAll(methods);
      } catch (Exception | LinkageError e) {
        LOG.log(
            System.Logger.Level.ERROR, "Could not make " + section.name() + " rpc interface", e);
      }
    }
    return new MethodRegistry(namespaces, audit, work);
  }

  private static RpcInterfaceFactory factory(String name, Executor logReaders) throws Exception {
    if (name.equals(SupervisorNamespace.REFERENCE_NAME)) {
      return new SupervisorNamespace(logReaders);
    }
    return Class.forName(name, true, PluginPath.open())
        .asSubclass(RpcInterfaceFactory.class)
        .getConstructor()
        .newInstance();
  }
}

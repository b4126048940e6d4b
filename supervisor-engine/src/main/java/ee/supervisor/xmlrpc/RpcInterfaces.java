package ee.supervisor.xmlrpc;

import ee.supervisor.access.AuditLog;
import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.config.RpcInterfaceConfig;
import ee.supervisor.control.Supervisor;
import ee.supervisor.rpc.PluginInterfaces;
import ee.supervisor.rpc.RpcMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Makes the RPC interfaces that {@code [rpcinterface:x]} sections name. */
final class RpcInterfaces {
  private static final System.Logger LOG = System.getLogger(RpcInterfaces.class.getName());

  private RpcInterfaces() {}

  /**
   * Takes those that the launcher has made, or makes what the supervisor's configuration names. An
   * interface that cannot be made here is logged and left out: in an application server the others
   * must not fall with it.
   *
   * @param audit where calls that change something are recorded
   * @param budget what the results of a multicall are held within
   * @param work where the later calls of a multicall are made
   * @param logReaders where log files are read
   * @param plugins where the methods of third parties are called
   */
  static MethodRegistry open(
      Supervisor supervisor,
      AuditLog audit,
      MemoryBudget budget,
      Executor work,
      Executor logReaders,
      Executor plugins) {
    Map<String, List<RpcMethod>> namespaces = new LinkedHashMap<>();
    Optional<Map<String, List<RpcMethod>>> offered = PluginInterfaces.offered(supervisor);
    offered.ifPresent(
        made -> made.forEach((name, methods) -> add(namespaces, name, on(plugins, methods))));
    for (RpcInterfaceConfig section : supervisor.configuration().rpcInterfaces()) {
      if (PluginInterfaces.isMain(section)) {
        add(
            namespaces,
            section.name(),
            new SupervisorNamespace(logReaders).create(supervisor, section.extras()));
      } else if (offered.isEmpty()) {
        make(section, supervisor)
            .ifPresent(methods -> add(namespaces, section.name(), on(plugins, methods)));
      }
    }
    boolean hasMain =
        supervisor.configuration().rpcInterfaces().stream().anyMatch(PluginInterfaces::isMain);
    Map<String, List<RpcMethod>> unlisted =
        hasMain
            ? Map.of(ExtensionNamespace.NAME, new ExtensionNamespace().create(supervisor, Map.of()))
            : Map.of();
    return new MethodRegistry(namespaces, unlisted, audit, budget, work);
  }

  private static void add(
      Map<String, List<RpcMethod>> namespaces, String name, List<RpcMethod> methods) {
    namespaces.computeIfAbsent(name, added -> new ArrayList<>()).addAll(methods);
  }

  /** The same methods, begun on another thread than that of the connection: they may wait. */
  private static List<RpcMethod> on(Executor plugins, List<RpcMethod> methods) {
    return methods.stream()
        .map(
            method ->
                method.calling(
                    arguments ->
                        CompletableFuture.supplyAsync(() -> method.body().call(arguments), plugins)
                            .thenCompose(called -> called)))
        .toList();
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

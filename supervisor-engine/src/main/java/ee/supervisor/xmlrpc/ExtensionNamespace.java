package ee.supervisor.xmlrpc;

import ee.supervisor.control.Supervisor;
import ee.supervisor.rpc.RpcInterfaceFactory;
import ee.supervisor.rpc.RpcMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What supervisorctl asks for that Supervisor does not have, {@code supervisor_ee.*}. It can be
 * called wherever the main interface can, and is not listed: {@code system.listMethods} answers as
 * Supervisor's does.
 */
final class ExtensionNamespace implements RpcInterfaceFactory {
  static final String NAME = "supervisor_ee";

  @Override
  public List<RpcMethod> create(Supervisor supervisor, Map<String, String> settings) {
    List<RpcMethod> methods = new ArrayList<>();
    methods.addAll(new DependencyMethods(supervisor).all());
    methods.addAll(new RollMethods(supervisor).all());
    methods.addAll(new UpdateMethods(supervisor).all());
    methods.addAll(new GraphMethods(supervisor).all());
    methods.replaceAll(method -> SupervisorNamespace.whileRunning(supervisor, method));
    return methods;
  }
}

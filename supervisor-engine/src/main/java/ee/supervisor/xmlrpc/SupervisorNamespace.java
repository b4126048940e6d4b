package ee.supervisor.xmlrpc;

import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.protocol.Fault;
import ee.supervisor.rpc.RpcInterfaceFactory;
import ee.supervisor.rpc.RpcMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The main interface, {@code supervisor.*}: what {@link ee.supervisor.rpc.PluginInterfaces#MAIN}
 * stands for in every real configuration file.
 */
final class SupervisorNamespace implements RpcInterfaceFactory {
  private final Executor logReaders;

  /**
   * @param logReaders where log files are read, which may take as long as the disk does
   */
  SupervisorNamespace(Executor logReaders) {
    this.logReaders = logReaders;
  }

  @Override
  public List<RpcMethod> create(Supervisor supervisor, Map<String, String> settings) {
    List<RpcMethod> methods = new ArrayList<>();
    methods.addAll(new StateMethods(supervisor).all());
    methods.addAll(new InfoMethods(supervisor).all());
    methods.addAll(new ControlMethods(supervisor).all());
    methods.addAll(new LogMethods(supervisor, logReaders).all());
    methods.replaceAll(method -> whileRunning(supervisor, method));
    methods.addAll(new EventMethods(supervisor).all());
    return methods;
  }

  /** While supervisord stops or restarts every call is refused, as clients know it. */
  static RpcMethod whileRunning(Supervisor supervisor, RpcMethod method) {
    return method.calling(
        arguments -> {
          if (supervisor.state().code() < SupervisorState.RUNNING.code()) {
            throw new SupervisorException(Fault.SHUTDOWN_STATE);
          }
          return method.body().call(arguments);
        });
  }
}

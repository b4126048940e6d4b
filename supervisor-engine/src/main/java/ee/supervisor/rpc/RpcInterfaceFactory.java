package ee.supervisor.rpc;

import ee.supervisor.control.Supervisor;
import java.util.List;
import java.util.Map;

/**
 * Makes the methods of one XML-RPC namespace: the extension point behind {@code [rpcinterface:x]}.
 *
 * <p>A section names the class in {@code supervisor.rpcinterface_factory}; {@code x} becomes the
 * namespace. The class is public with a public constructor without parameters, and lies on the
 * plug-in path (see {@link ee.supervisor.plugin.PluginPath}). It is made once when supervisord
 * starts, before any process is, and again when it restarts.
 *
 * <pre>{@code
 * [rpcinterface:deployment]
 * supervisor.rpcinterface_factory = com.example.Deployment
 * root = /srv/deployments
 * }</pre>
 */
public interface RpcInterfaceFactory {

  /**
   * Makes the namespace's methods; called once, before any of them is. It must not wait for what it
   * asks of {@code supervisor}: that is done once supervisord runs.
   *
   * @param supervisor what the methods may use to look at and control processes
   * @param settings the section's other keys with their values, expanded; unmodifiable
   * @return the methods, each with a name of its own; nothing else can be called from outside
   * @throws Exception when the settings cannot be used; the message is logged and supervisord does
   *     not start (in an application server it does, without this namespace)
   */
  List<RpcMethod> create(Supervisor supervisor, Map<String, String> settings) throws Exception;
}

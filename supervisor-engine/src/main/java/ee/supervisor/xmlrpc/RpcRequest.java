package ee.supervisor.xmlrpc;

import java.util.List;

/**
 * A method call as it came in.
 *
 * @param method full name of the method, not empty
 * @param arguments as {@link ee.supervisor.rpc.RpcArguments} holds them
 */
record RpcRequest(String method, List<Object> arguments) {

  RpcRequest {
    arguments = List.copyOf(arguments);
  }
}

package ee.supervisor.rpc;

import static java.util.Objects.requireNonNull;

/**
 * A parameter, or the result, of an RPC method, as {@code system.methodSignature} and {@code
 * system.methodHelp} describe it.
 *
 * @param type {@code string}, {@code int}, {@code boolean}, {@code double}, {@code array} or {@code
 *     struct}
 * @param name its name; empty for a result
 * @param meaning what it stands for; may be empty
 * @param required whether a call without it is refused
 */
public record RpcParameter(String type, String name, String meaning, boolean required) {

  public RpcParameter {
    requireNonNull(type, "type");
    requireNonNull(name, "name");
    requireNonNull(meaning, "meaning");
  }
}

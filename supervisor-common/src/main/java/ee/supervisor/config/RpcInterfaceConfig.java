package ee.supervisor.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An {@code [rpcinterface:x]} section.
 *
 * @param name the namespace of its methods
 * @param factory the factory as named in the file
 * @param extras its other keys, in file order
 */
public record RpcInterfaceConfig(String name, String factory, Map<String, String> extras) {

  public RpcInterfaceConfig {
    extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
  }
}

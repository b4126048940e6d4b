package ee.supervisor.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the {@code [rpcinterface:x]} sections. */
final class RpcInterfaceSections {
  private static final String FACTORY = Options.RPCINTERFACE_FACTORY.name();

  private RpcInterfaceSections() {}

  /** In file order; whether there is such a factory is not asked here. */
  static List<RpcInterfaceConfig> read(Reading reading) throws ConfigException {
    List<RpcInterfaceConfig> interfaces = new ArrayList<>();
    for (String name : reading.sectionsOf("rpcinterface:")) {
      Section section = reading.section(name);
      String factory =
          section
              .text(Options.RPCINTERFACE_FACTORY)
              .orElseThrow(
                  () ->
                      new ConfigException(
                          "section [%s] does not specify a %s".formatted(name, FACTORY)));
      Map<String, String> extras = new LinkedHashMap<>();
      for (String key : reading.document().options(name).keySet()) {
        if (!key.equals(FACTORY)) {
          extras.put(key, section.text(key).orElse(""));
        }
      }
      interfaces.add(new RpcInterfaceConfig(section.label().orElse(""), factory, extras));
    }
    return interfaces;
  }
}

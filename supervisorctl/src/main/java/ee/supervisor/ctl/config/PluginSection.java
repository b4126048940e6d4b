package ee.supervisor.ctl.config;

import java.util.Map;

/**
 * Holds a section {@code [ctlplugin:NAME]}.
 *
 * @param name what stands behind {@code ctlplugin:}
 * @param factory the class that {@code supervisor.ctl_factory} names
 * @param options the other keys, expanded
 */
public record PluginSection(String name, String factory, Map<String, String> options) {

  /** Keeps a copy of the options. */
  public PluginSection {
    options = Map.copyOf(options);
  }
}

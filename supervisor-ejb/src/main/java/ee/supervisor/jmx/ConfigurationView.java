package ee.supervisor.jmx;

import ee.supervisor.config.Option;
import ee.supervisor.config.Options;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.ShownOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows a process's configuration as the file would have it. Values of the environment are left
 * out: passwords are often there, and not everybody who may look at a process may know them.
 */
final class ConfigurationView {

  private ConfigurationView() {}

  /** Lines as {@code priority=999}. */
  static List<String> of(ProcessConfig config) {
    List<String> lines = new ArrayList<>();
    for (Option<ProcessConfig, ?> option : Options.ofPrograms()) {
      if (option instanceof ShownOption<ProcessConfig, ?> shown) {
        lines.add(shown.name() + "=" + shown.text(config));
      }
    }
    return lines;
  }
}

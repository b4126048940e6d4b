package ee.supervisor.ctl;

import ee.supervisor.config.ClientConfig;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.CtlPlugin;
import ee.supervisor.getopt.UsageException;
import ee.supervisor.plugin.PluginPath;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the actions of the classes that {@code [ctlplugin:x]} sections name. */
final class PluginActions {

  private PluginActions() {}

  /** The actions of each section, by the section's name. */
  static Map<String, List<Action>> load(List<ClientConfig.Plugin> sections) throws UsageException {
    Map<String, List<Action>> actions = new LinkedHashMap<>();
    for (ClientConfig.Plugin section : sections) {
      actions.put(section.name(), load(section));
    }
    return actions;
  }

  private static List<Action> load(ClientConfig.Plugin section) throws UsageException {
    String where = " within [ctlplugin:" + section.name() + "]";
    try {
      CtlPlugin plugin =
          PluginPath.find(section.factory(), CtlPlugin.class).getConstructor().newInstance();
      return plugin.actions(section.name(), section.options());
    } catch (ClassCastException e) {
      throw new UsageException(
          section.factory() + where + " does not implement " + CtlPlugin.class.getName(), e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new UsageException(section.factory() + " cannot be resolved" + where, e);
    } catch (IOException e) {
      throw new UsageException("plug-in path cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new UsageException(section.factory() + where + ": " + e.getMessage(), e);
    }
  }
}

package ee.supervisor.ctl;

import ee.supervisor.ctl.config.PluginSection;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.CtlPlugin;
import ee.supervisor.getopt.UsageException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.StringTokenizer;

/** Loads the classes that {@code [ctlplugin:x]} sections name. */
final class PluginLoader {
  private final ClassLoader classes;

  /**
   * Looks for plug-ins beside our own classes.
   *
   * @param path directories of jars, jars, and directories of classes, separated by colons; may be
   *     empty
   */
  PluginLoader(String path) throws UsageException {
    List<URL> urls = new ArrayList<>();
    StringTokenizer entries = new StringTokenizer(path, ":");
    while (entries.hasMoreTokens()) {
      Path entry = Path.of(entries.nextToken());
      if (Files.exists(entry)) {
        add(urls, entry);
      }
    }
    classes = new URLClassLoader(urls.toArray(new URL[0]), PluginLoader.class.getClassLoader());
  }

  private static void add(List<URL> urls, Path entry) throws UsageException {
    try {
      urls.add(entry.toUri().toURL());
      if (Files.isDirectory(entry)) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(entry, "*.jar")) {
          for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
          }
        }
      }
    } catch (MalformedURLException e) {
      throw new UsageException("plug-in path: " + entry + " cannot be used: " + e.getMessage());
    } catch (IOException e) {
      throw new UsageException("plug-in path: " + entry + " cannot be read: " + e.getMessage());
    }
  }

  /** The services of a kind that are there. */
  <T> Iterable<T> services(Class<T> kind) {
    return ServiceLoader.load(kind, classes);
  }

  /** The actions of each section, by the section's name. */
  Map<String, List<Action>> load(List<PluginSection> sections) throws UsageException {
    Map<String, List<Action>> actions = new LinkedHashMap<>();
    for (PluginSection section : sections) {
      actions.put(section.name(), load(section));
    }
    return actions;
  }

  private List<Action> load(PluginSection section) throws UsageException {
    String where = " within [ctlplugin:" + section.name() + "]";
    try {
      Object plugin =
          Class.forName(section.factory(), true, classes).getConstructor().newInstance();
      if (plugin instanceof CtlPlugin ctlPlugin) {
        return ctlPlugin.actions(section.name(), section.options());
      }
      throw new UsageException(
          section.factory() + where + " does not implement " + CtlPlugin.class.getName());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new UsageException(section.factory() + " cannot be resolved" + where);
    } catch (IllegalArgumentException e) {
      throw new UsageException(section.factory() + where + ": " + e.getMessage());
    }
  }
}

package ee.supervisor.plugin;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where classes of third parties are found: the jars and directories that the system property
 * {@value #PROPERTY} lists, separated as in a class path, and without it the directory {@code
 * plugins} of the installation. Of a directory all jars are taken, and the directory itself for
 * single classes.
 */
public final class PluginPath {
  /** System property that lists the places. */
  public static final String PROPERTY = "supervisor.plugins";

  /** System property in which {@code bin/supervisord} says where it is installed. */
  private static final String HOME_PROPERTY = "supervisord.home";

  private PluginPath() {}

  /**
   * The class of that name. What it was loaded from stays open for as long as it is used.
   *
   * @param type what it has to be a subclass of; where that lies is looked first
   * @throws ClassNotFoundException when there is none
   * @throws ClassCastException when it is something else
   * @throws IOException when a directory of the path cannot be listed
   */
  public static <T> Class<? extends T> find(String name, Class<T> type)
      throws ClassNotFoundException, IOException {
    return Class.forName(name, false, loader()).asSubclass(type);
  }

  /** Checks that {@link #find} would find it, and leaves nothing open: checks are many. */
  public static void check(String name, Class<?> type) throws ClassNotFoundException, IOException {
    try (URLClassLoader loader = loader()) {
      Class<?> found = Class.forName(name, false, loader);
      if (!type.isAssignableFrom(found)) {
        throw new ClassCastException(found.toString());
      }
    }
  }

  /** Over the path as it is now. */
  private static URLClassLoader loader() throws IOException {
    String home = System.getProperty(HOME_PROPERTY);
    String installed = home == null ? "" : home + File.separator + "plugins";
    return loader(System.getProperty(PROPERTY, installed));
  }

  /**
   * A loader over places that are listed as in a class path, below that of the supervisor's own
   * classes.
   *
   * @throws IOException when a directory of the path cannot be listed
   */
  public static URLClassLoader loader(String path) throws IOException {
    return new URLClassLoader(urls(path).toArray(new URL[0]), PluginPath.class.getClassLoader());
  }

  private static List<URL> urls(String path) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String element : path.split(File.pathSeparator, -1)) {
      if (element.isBlank()) {
        continue;
      }
      Path place = Path.of(element);
      if (Files.isDirectory(place)) {
        urls.add(url(place));
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(place, "*.jar")) {
          for (Path jar : jars) {
            urls.add(url(jar));
          }
        }
      } else if (Files.exists(place)) {
        urls.add(url(place));
      }
    }
    return urls;
  }

  private static URL url(Path place) throws MalformedURLException {
    return place.toUri().toURL();
  }
}

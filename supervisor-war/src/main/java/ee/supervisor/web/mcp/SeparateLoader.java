package ee.supervisor.web.mcp;

import jakarta.servlet.ServletContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;

/**
 * Loads what is in {@code WEB-INF/mcp}, and takes no other version of it that the server may have;
 * only the servlet API is the application's.
 */
final class SeparateLoader extends URLClassLoader {
  private static final String DIRECTORY = "/WEB-INF/mcp/";
  private static final String SHARED = "jakarta.servlet.";

  static {
    registerAsParallelCapable();
  }

  private SeparateLoader(URL[] jars, ClassLoader parent) {
    super("mcp", jars, parent);
  }

  /**
   * @throws FileNotFoundException if the application comes without it
   */
  static SeparateLoader of(ServletContext context) throws IOException {
    Set<String> paths = context.getResourcePaths(DIRECTORY);
    List<URL> jars = new ArrayList<>();
    if (paths != null) {
      for (String path : paths) {
        if (path.endsWith(".jar")) {
          // by its file: a server's own kind of URL knows no class loader but the application's
          String file = context.getRealPath(path);
          jars.add(file == null ? context.getResource(path) : Path.of(file).toUri().toURL());
        }
      }
    }
    if (jars.isEmpty()) {
      throw new FileNotFoundException(DIRECTORY);
    }
    jars.sort(Comparator.comparing(URL::getPath));
    return new SeparateLoader(jars.toArray(URL[]::new), SeparateLoader.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(SHARED)) {
      return super.loadClass(name, resolve);
    }
    try {
      return getPlatformClassLoader().loadClass(name);
    } catch (ClassNotFoundException notOfTheJdk) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }

  @Override
  public URL getResource(String name) {
    return findResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return findResources(name);
  }
}

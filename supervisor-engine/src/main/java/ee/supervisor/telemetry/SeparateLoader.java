package ee.supervisor.telemetry;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads OpenTelemetry from a directory of its own, and takes no other version of it that is on the
 * class path: Payara has one too.
 */
final class SeparateLoader extends URLClassLoader {
  private static final String FACTORY = "ee.supervisor.otlp.OtlpExportFactory";
  private static final List<String> OWN = List.of("io.opentelemetry.", "ee.supervisor.otlp.");

  static {
    registerAsParallelCapable();
  }

  private SeparateLoader(URL[] jars, ClassLoader parent) {
    super("otlp", jars, parent);
  }

  /**
   * What the jars of a directory have to open collectors with.
   *
   * @throws IOException if the directory cannot be read
   * @throws ReflectiveOperationException if they are other jars
   */
  static ExportFactory factory(Path directory) throws IOException, ReflectiveOperationException {
    SeparateLoader loader = new SeparateLoader(jars(directory), Export.class.getClassLoader());
    return Class.forName(FACTORY, true, loader)
        .asSubclass(ExportFactory.class)
        .getConstructor()
        .newInstance();
  }

  private static URL[] jars(Path directory) throws IOException {
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
      for (Path file : files) {
        jars.add(url(file));
      }
    }
    if (jars.isEmpty()) {
      throw new FileNotFoundException("no jar in " + directory);
    }
    jars.sort(Comparator.comparing(URL::getPath));
    return jars.toArray(URL[]::new);
  }

  private static URL url(Path file) throws MalformedURLException {
    return file.toUri().toURL();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (OWN.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
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

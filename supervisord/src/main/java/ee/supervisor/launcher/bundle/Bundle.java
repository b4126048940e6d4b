package ee.supervisor.launcher.bundle;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The main class of supervisord.jar: unpacks the tree that the jar carries, once, and becomes its
 * {@code bin/supervisord}, as the same process.
 */
public final class Bundle {
  private static final int FAILED = 2;

  private Bundle() {}

  /** Returns only by ending the JVM. */
  public static void main(String[] args) {
    try {
      Path jar = Path.of(Bundle.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      become(UnpackedTree.of(jar, UnpackedTree.caches(System.getenv())), args);
    } catch (IOException | URISyntaxException | ReflectiveOperationException e) {
      System.err.println("Error: supervisord.jar cannot start: " + e.getMessage());
    }
    System.exit(FAILED);
  }

  /** exec(2) is in the engine's jars, which this jar only carries. */
  private static void become(Path tree, String... args)
      throws IOException, ReflectiveOperationException {
    List<String> command =
        new ArrayList<>(List.of("sh", tree.resolve("bin/supervisord").toString()));
    command.addAll(List.of(args));
    try (URLClassLoader engine = new URLClassLoader(jars(tree.resolve("lib")))) {
      // not System.getenv(), which knows no letters but ASCII's where there is no locale
      Map<Object, Object> environment =
          new HashMap<>(
              (Map<?, ?>)
                  engine
                      .loadClass("ee.supervisor.posix.Environment")
                      .getMethod("ofThisJvm")
                      .invoke(null));
      environment.put(
          "SUPERVISORD_JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString());
      engine
          .loadClass("ee.supervisor.posix.CurrentProcess")
          .getMethod("exec", Path.class, List.class, Map.class)
          .invoke(null, Path.of("/bin/sh"), command, environment);
    } catch (InvocationTargetException e) {
      throw new IOException(e.getCause());
    }
  }

  private static URL[] jars(Path directory) throws IOException {
    List<URL> urls = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jar")).toList()) {
        urls.add(url(file));
      }
    }
    return urls.toArray(URL[]::new);
  }

  private static URL url(Path file) throws MalformedURLException {
    return file.toUri().toURL();
  }
}

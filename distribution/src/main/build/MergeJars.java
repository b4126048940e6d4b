import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Makes one jar out of those in a directory, since the JVM holds each open for good: {@code java
 * MergeJars.java TARGET DIRECTORY}. Where several have a file of the same name the first is taken,
 * by the jars' names, but lists that are looked for in every jar become one. Run by the build.
 *
 * <p>Of a class that a jar has for several versions of Java, the merged one has that for the oldest
 * that supervisord runs on, in the usual place. Java 17 crashes when a profiler or another agent is
 * attached and a class is loaded from the class-data archive that is below META-INF/versions: the
 * JVM looks for its bytes in the usual place and does not check that it found them.
 */
public final class MergeJars {
  private static final Runtime.Version OLDEST = Runtime.Version.parse("17");

  private static final List<String> LISTS = List.of("META-INF/services/", "META-INF/hk2-locator/");

  private MergeJars() {}

  public static void main(String[] args) throws IOException {
    Path target = Path.of(args[0]);
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(args[1]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    Map<String, List<JarFile>> sources = new LinkedHashMap<>();
    for (Path path : jars) {
      JarFile jar = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, OLDEST);
      jar.versionedStream()
          .filter(entry -> !entry.isDirectory())
          .map(JarEntry::getName)
          .filter(MergeJars::isWanted)
          .forEach(name -> sources.computeIfAbsent(name, key -> new ArrayList<>()).add(jar));
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
      out.putNextEntry(entry(JarFile.MANIFEST_NAME));
      manifest.write(out);
      out.closeEntry();
      sources.forEach((name, from) -> write(name, from, out));
    }
  }

  /** Has the same time whenever and in whatever time zone it is built. */
  private static JarEntry entry(String name) {
    JarEntry entry = new JarEntry(name);
    entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
    return entry;
  }

  private static boolean isWanted(String name) {
    return !name.equals(JarFile.MANIFEST_NAME)
        && !name.startsWith("META-INF/versions/")
        && !name.endsWith("module-info.class")
        && !name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)|META-INF/maven/.*|META-INF/INDEX.LIST");
  }

  private static void write(String name, List<JarFile> sources, JarOutputStream out) {
    boolean isList = LISTS.stream().anyMatch(name::startsWith);
    try {
      out.putNextEntry(entry(name));
      for (JarFile jar : isList ? sources : sources.subList(0, 1)) {
        try (InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
          in.transferTo(out);
        }
        if (isList) {
          out.write('\n');
        }
      }
      out.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}

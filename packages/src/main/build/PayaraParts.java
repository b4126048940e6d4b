import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists what of Payara is shipped, with name, version and licence of each part, and keeps the texts
 * that the parts bring: {@code java PayaraParts.java LIST DIRECTORY TARGET}. What a jar does not say
 * itself is Payara's own. Run by the build.
 */
public final class PayaraParts {
  private static final Pattern LICENCE_IN_POM =
      Pattern.compile("<license>.*?<name>\\s*(.*?)\\s*</name>", Pattern.DOTALL);
  private static final Pattern TEXT =
      Pattern.compile("(META-INF/)?(LICEN[SC]E|NOTICE)[^/]*", Pattern.CASE_INSENSITIVE);
  private static final String PAYARA = "CDDL-1.1 or GPL-2.0 with Classpath exception (Payara)";

  private PayaraParts() {}

  public static void main(String[] args) throws IOException {
    List<String> parts =
        Files.readAllLines(Path.of(args[0])).stream().filter(part -> !part.isBlank()).toList();
    Path directory = Path.of(args[1]);
    Path target = Path.of(args[2]);
    Path texts = Files.createDirectories(target.resolve("licences"));
    StringBuilder list = new StringBuilder();
    for (String part : parts) {
      Path file = directory.resolve(part);
      // what is not Payara's came in by Maven, and is in the other list
      if (Files.exists(file)) {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
          list.append(line(part, jar));
          keepTexts(jar, texts, part.replaceFirst("\\.jar$", ""));
        }
      }
    }
    Files.writeString(target.resolve("PAYARA-PARTS.txt"), list);
  }

  private static String line(String part, JarFile jar) throws IOException {
    Manifest manifest = Optional.ofNullable(jar.getManifest()).orElseGet(Manifest::new);
    Optional<String> named = attribute(manifest, "Bundle-License").or(() -> inPom(jar));
    return "%s %s (%s): %s%n"
        .formatted(
            part,
            attribute(manifest, "Bundle-Version")
                .or(() -> attribute(manifest, "Implementation-Version"))
                .orElse("-"),
            attribute(manifest, "Bundle-Name").orElse("-"),
            named.orElseGet(() -> hasText(jar) ? "see licences/" : PAYARA));
  }

  private static Optional<String> attribute(Manifest manifest, String name) {
    return Optional.ofNullable(manifest.getMainAttributes().getValue(name))
        .map(value -> value.replaceAll("\\s+", " ").strip());
  }

  private static Optional<String> inPom(JarFile jar) {
    return jar.stream()
        .filter(entry -> entry.getName().matches("META-INF/maven/.*/pom\\.xml"))
        .map(entry -> LICENCE_IN_POM.matcher(new String(bytes(jar, entry), StandardCharsets.UTF_8)))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  private static boolean hasText(JarFile jar) {
    return jar.stream().anyMatch(entry -> TEXT.matcher(entry.getName()).matches());
  }

  private static void keepTexts(JarFile jar, Path texts, String part) throws IOException {
    for (JarEntry entry : jar.stream().toList()) {
      String name = entry.getName().replaceFirst("META-INF/", "");
      if (!entry.isDirectory() && TEXT.matcher(entry.getName()).matches()) {
        Files.write(texts.resolve(part + "-" + name), bytes(jar, entry));
      }
    }
  }

  private static byte[] bytes(JarFile jar, JarEntry entry) {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(jar.getName() + ": " + entry, e);
    }
  }
}

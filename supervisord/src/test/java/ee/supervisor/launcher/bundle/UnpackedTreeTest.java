package ee.supervisor.launcher.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackedTreeTest {
  @TempDir private Path directory;
  private Path jar;
  private Path cache;

  @BeforeEach
  void makeJar() throws IOException {
    jar = directory.resolve("supervisord.jar");
    cache = directory.resolve("home/.cache/supervisord");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Tree-Digest", "abcdef");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (String name : List.of("tree/bin/supervisord", "tree/lib/a.jar", "other.txt")) {
        out.putNextEntry(new JarEntry(name));
        out.write(name.getBytes(UTF_8));
      }
    }
  }

  @Test
  void theTreeIsUnpackedWithProgramsThatCanBeExecuted() throws Exception {
    Path tree = UnpackedTree.of(jar, List.of(cache));
    assertThat(tree.resolve("bin/supervisord")).isExecutable().hasContent("tree/bin/supervisord");
    assertThat(tree.resolve("lib/a.jar")).exists();
    assertThat(tree.resolve("other.txt")).doesNotExist();
  }

  @Test
  void itIsUnpackedOnceAndNamedByTheDigest() throws Exception {
    Path tree = UnpackedTree.of(jar, List.of(cache));
    Object before = Files.getAttribute(tree.resolve("lib/a.jar"), "unix:ino");
    assertThat(UnpackedTree.of(jar, List.of(cache))).isEqualTo(tree).hasFileName("abcdef");
    assertThat(Files.getAttribute(tree.resolve("lib/a.jar"), "unix:ino")).isEqualTo(before);
    assertThat(cache).isDirectoryNotContaining(path -> !path.equals(tree));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tree/lib/b.jar", ""})
  void whatIsNoLongerWholeIsUnpackedAnew(String content) throws Exception {
    Path tree = UnpackedTree.of(jar, List.of(cache));
    Files.writeString(tree.resolve("lib/a.jar"), content);
    assertThat(UnpackedTree.of(jar, List.of(cache))).isEqualTo(tree);
    assertThat(tree.resolve("lib/a.jar")).hasContent("tree/lib/a.jar");
    assertThat(cache).isDirectoryNotContaining(path -> !path.equals(tree));
  }

  /** As root is given the home of whoever called sudo. */
  @Test
  void theHomeOfAnotherUserIsNotTrusted() throws Exception {
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
    Files.createDirectories(cache);
    Files.setAttribute(directory.resolve("home"), "unix:uid", 65534);
    assertThatThrownBy(() -> UnpackedTree.of(jar, List.of(cache)))
        .hasMessageContaining("belongs to somebody else");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void aCacheThatOthersMayWriteToIsNotTrusted() throws Exception {
    Files.createDirectories(cache);
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> UnpackedTree.of(jar, List.of(cache)))
        .hasMessageContaining("others may write to it");
  }

  @Test
  void aParentInWhichOthersMayReplaceItIsNotTrusted() throws Exception {
    Files.createDirectories(directory.resolve("home"));
    Files.setPosixFilePermissions(
        directory.resolve("home"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> UnpackedTree.of(jar, List.of(cache)))
        .hasMessageContaining("others may write to");
    assertThat(cache).doesNotExist();
  }

  @Test
  void whatIsMadeIsOurs() throws Exception {
    UnpackedTree.of(jar, List.of(cache));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void aCacheThatIsALinkIsNotTrusted() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), elsewhere);
    assertThatThrownBy(() -> UnpackedTree.of(jar, List.of(link)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere to unpack");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void theCacheOfTheEnvironmentComesFirst() {
    assertThat(UnpackedTree.caches(Map.of("XDG_CACHE_HOME", "/cache", "HOME", "/home/me")))
        .startsWith(Path.of("/cache/supervisord"), Path.of("/home/me/.cache/supervisord"));
  }
}

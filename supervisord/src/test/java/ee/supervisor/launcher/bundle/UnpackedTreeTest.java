package ee.supervisor.launcher.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedTreeTest {
  @TempDir private Path directory;
  private Path jar;
  private Path cache;

  @BeforeEach
  void makeJar() throws IOException {
    jar = directory.resolve("supervisord.jar");
    cache = directory.resolve("home/.cache/supervisord");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
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
  void itIsUnpackedOnce() throws Exception {
    Path tree = UnpackedTree.of(jar, List.of(cache));
    Files.writeString(tree.resolve("lib/a.jar"), "kept");
    assertThat(UnpackedTree.of(jar, List.of(cache))).isEqualTo(tree);
    assertThat(tree.resolve("lib/a.jar")).hasContent("kept");
    assertThat(cache).isDirectoryNotContaining(path -> path.toString().contains("unpacking"));
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

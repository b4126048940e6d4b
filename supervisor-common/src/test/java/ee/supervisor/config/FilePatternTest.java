package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePatternTest {
  @TempDir private Path directory;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createDirectories(directory.resolve("sub"));
    for (String name :
        List.of("a.conf", "b.conf", "Z.conf", ".hidden.conf", "c.ini", "[x].conf", "sub/d.conf")) {
      Files.createFile(directory.resolve(name));
    }
  }

  private List<String> find(String pattern) {
    return FilePattern.find(directory + "/" + pattern).stream()
        .map(path -> path.substring(directory.toString().length() + 1))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.conf | Z.conf,[x].conf,a.conf,b.conf",
        "?.conf | Z.conf,a.conf,b.conf",
        "[ab].conf | a.conf,b.conf",
        "[!ab].conf | Z.conf",
        "[a-c].* | a.conf,b.conf,c.ini",
        ".*.conf | .hidden.conf",
        "*/*.conf | sub/d.conf",
        "**/*.conf | sub/d.conf",
        "su[b]/d.conf | sub/d.conf",
        "*/ | sub/",
        "a.conf | a.conf",
        "sub | sub",
        "[[]x].conf | [x].conf",
        "[]x].conf | ''",
        "[z-a].conf | ''",
        "[a | ''",
        "nope.conf | ''",
        "nope/*.conf | ''",
      })
  void aPatternFindsWhatAShellWould(String pattern, String found) {
    assertThat(String.join(",", find(pattern))).isEqualTo(found);
  }

  @Test
  void aLinkThatLeadsNowhereIsFound() throws IOException {
    Files.createSymbolicLink(directory.resolve("dangling.conf"), Path.of("nowhere"));
    assertThat(find("dangling.conf")).containsExactly("dangling.conf");
  }
}

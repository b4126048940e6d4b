package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludedFilesTest {
  @TempDir private Path directory;
  private ConfigFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new ConfigFolder(directory);
  }

  private static String program(String name) {
    return "[program:%s]\ncommand=%s %%(here)s\n".formatted(name, name);
  }

  @Test
  void filesAreReadInTheOrderOfPatternsAndNames() throws ConfigException {
    folder.file("c/b.conf", program("b")).file("c/a.conf", program("a"));
    folder.file("z.conf", program("z"));
    assertThat(folder.readWith("[include]\nfiles=z.conf\n  c/*.conf\n").infos())
        .containsExactly(
            "Included extra file \"%s/z.conf\" during parsing".formatted(directory),
            "Included extra file \"%s/c/a.conf\" during parsing".formatted(directory),
            "Included extra file \"%s/c/b.conf\" during parsing".formatted(directory));
  }

  @Test
  void hereIsTheDirectoryOfTheFileThatSaysIt() throws ConfigException {
    folder.file("c/a.conf", program("a"));
    assertThat(folder.readWith("[include]\nfiles=c/*.conf\n" + program("m")).groups())
        .flatExtracting(GroupConfig::processes)
        .extracting(ProcessConfig::command)
        .containsExactly("a " + directory + "/c", "m " + directory);
  }

  @Test
  void anIncludedFileGoesBeforeTheMainOne() throws ConfigException {
    folder.file("c/a.conf", "[program:m]\ncommand=other\n");
    assertThat(folder.readWith("[include]\nfiles=c/*.conf\n" + program("m")).groups())
        .flatExtracting(GroupConfig::processes)
        .extracting(ProcessConfig::command)
        .containsExactly("other");
  }

  @Test
  void patternsMayNameTheEnvironmentTheHostAndHere() throws ConfigException {
    folder.file("blue/host1.conf", program("a")).env("COLOUR", "blue");
    assertThat(
            folder
                .readWith("[include]\nfiles=%(here)s/%(ENV_COLOUR)s/%(host_node_name)s.conf\n")
                .groups())
        .hasSize(1);
  }

  @Test
  void aPatternThatFindsNothingIsWarnedOf() throws ConfigException {
    assertThat(folder.readWith("[include]\nfiles=none/*.conf\n").warnings())
        .containsExactly("No file matches via include \"%s/none/*.conf\"".formatted(directory));
  }

  @Test
  void anIncludeInAnIncludedFileHasNoEffect() throws ConfigException {
    folder.file("c/a.conf", "[include]\nfiles=b.ini\n").file("c/b.ini", program("b"));
    assertThat(folder.readWith("[include]\nfiles=c/*.conf\n").groups()).isEmpty();
  }

  @Test
  void aFileThatCannotBeReadIsWarnedOf() throws ConfigException {
    folder.file("c/d.conf/x", "");
    assertThat(folder.readWith("[include]\nfiles=c/*.conf\n").warnings())
        .singleElement()
        .asString()
        .startsWith("Included file \"%s/c/d.conf\" cannot be read: ".formatted(directory));
  }

  @Test
  void anIncludeNeedsFiles() {
    assertThat(folder.errorWith("[include]\n"))
        .isEqualTo(".ini file has [include] section, but no files setting");
  }

  @Test
  void aPatternWithANameThatIsNotKnownIsTold() {
    assertThat(folder.errorWith("[include]\nfiles=%(nope)s\n"))
        .isEqualTo(
            "Format string '%(nope)s' for 'include.files' contains names ('nope') which cannot be"
                + " expanded. Available names: ENV_HOME, here, host_node_name");
  }

  @Test
  void aMistakeInAnIncludedFileIsToldWithThatFile() {
    folder.file("c/a.conf", "[program:a]\n");
    assertThat(folder.errorWith("[include]\nfiles=c/*.conf\n"))
        .isEqualTo(
            "program section program:a does not specify a command in section 'program:a' (file:"
                + " '%s/c/a.conf')".formatted(directory));
  }

  @Test
  void anIncludedFileWithoutASectionIsTold() {
    folder.file("c/a.conf", "command=cat\n");
    assertThat(folder.errorWith("[include]\nfiles=c/*.conf\n"))
        .startsWith(
            "File contains no section headers.\nfile: '%s/c/a.conf', line: 1".formatted(directory));
  }
}

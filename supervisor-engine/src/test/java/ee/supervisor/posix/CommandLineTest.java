package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ee.supervisor.posix.UnusableCommandException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texts are Supervisor's. */
class CommandLineTest {
  @TempDir private Path directory;

  private static void assertUnusable(
      String command, Optional<String> path, Kind kind, String text) {
    UnusableCommandException e =
        catchThrowableOfType(
            UnusableCommandException.class, () -> CommandLine.resolve(command, path));
    assertThat(e).hasMessage(text);
    assertThat(e.kind()).isEqualTo(kind);
  }

  private Path file(String name, String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aProgramIsSearchedOnThePathThatTheProgramSets() throws Exception {
    file("sh", "rwxr-xr-x");
    CommandLine found = CommandLine.resolve("sh -c 'a b'", Optional.of("/nowhere:" + directory));
    assertThat(found.file()).isEqualTo(directory + "/sh");
    assertThat(found.argv()).containsExactly("sh", "-c", "a b");
  }

  @Test
  void withoutAPathOfItsOwnSupervisordsIsSearched() throws Exception {
    assertThat(CommandLine.resolve("cat", Optional.empty()).file()).endsWith("/bin/cat");
  }

  @Test
  void aFileOfSupervisordsDirectoryIsNotOnThePath() {
    assertThat(Path.of("pom.xml")).exists();
    assertUnusable(
        "pom.xml", Optional.of("/nowhere"), Kind.NOT_FOUND, "can't find command 'pom.xml'");
  }

  @Test
  void anEmptyPathMeansWhereTheChildRuns() {
    assertUnusable("sh", Optional.of(""), Kind.NOT_FOUND, "can't find command 'sh'");
  }

  @Test
  void theFirstFileOnThePathCountsEvenIfItCannotBeExecuted() throws Exception {
    Path first = file("sh", "rw-r--r--");
    assertUnusable(
        "sh",
        Optional.of(directory + "/:/bin"),
        Kind.NOT_EXECUTABLE,
        "command at '" + first + "' is not executable");
  }

  @Test
  void aFileThatIsNotThere() {
    assertUnusable(
        "/no/such/file -x", Optional.empty(), Kind.NOT_FOUND, "can't find command '/no/such/file'");
  }

  @Test
  void aNameWithAQuoteInItIsShownAsPythonShowsIt() {
    assertUnusable("\"it's\"", Optional.empty(), Kind.NOT_FOUND, "can't find command \"it's\"");
  }

  @Test
  void aDirectory() {
    assertUnusable(
        "/usr", Optional.empty(), Kind.NOT_EXECUTABLE, "command at '/usr' is a directory");
  }

  @Test
  void nothing() {
    assertUnusable(" ", Optional.empty(), Kind.BAD_COMMAND, "command is empty");
  }

  @Test
  void aQuoteThatIsNotClosed() {
    assertUnusable(
        "/bin/echo \"abc",
        Optional.empty(),
        Kind.BAD_COMMAND,
        "can't parse command '/bin/echo \"abc': No closing quotation");
  }

  @Test
  void aBackslashAtTheEnd() {
    assertUnusable(
        "/bin/echo abc\\",
        Optional.empty(),
        Kind.BAD_COMMAND,
        "can't parse command '/bin/echo abc\\\\': No escaped character");
  }
}

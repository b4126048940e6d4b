package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {
  private static final String FILE =
      """
      [supervisord]
      user=root
      umask=077
      directory=/
      logfile=/tmp/file.log
      logfile_maxbytes=1
      logfile_backups=1
      loglevel=warn
      pidfile=/tmp/file.pid
      identifier=file
      childlogdir=/
      minfds=1
      minprocs=1
      environment=A=1
      """;

  @TempDir private Path directory;

  /** Options of which one, by its letter, is given; {@code -y} was written by its long name. */
  private static Overrides option(String name, String value) {
    return new Overrides(
        false,
        false,
        false,
        false,
        given("-u", name, value),
        given("-m", name, value),
        given("-d", name, value),
        given("-l", name, value),
        given("-y", name, value),
        given("-z", name, value),
        given("-e", name, value),
        given("-j", name, value),
        given("-i", name, value),
        given("-q", name, value),
        given("-a", name, value),
        given("--minprocs", name, value),
        Map.of("-y", "--logfile_maxbytes"));
  }

  private static Optional<String> given(String option, String name, String value) {
    return option.equals(name) ? Optional.of(value) : Optional.empty();
  }

  private ConfigFolder folder(Overrides overrides) {
    return new ConfigFolder(directory).overrides(overrides);
  }

  @Test
  void optionsOfTheCommandLineWinOverTheFile() throws ConfigException {
    Overrides all =
        new Overrides(
            true,
            true,
            true,
            true,
            Optional.of("app"),
            Optional.of("022"),
            Optional.of("/tmp"),
            Optional.of("cli.log"),
            Optional.of("1KB"),
            Optional.of("7"),
            Optional.of("debug"),
            Optional.of("/tmp/cli.pid"),
            Optional.of("cli"),
            Optional.of("/tmp"),
            Optional.of("8"),
            Optional.of("9"),
            Map.of());
    assertThat(folder(all).read(FILE).supervisord())
        .isEqualTo(
            new SupervisordConfig(
                true,
                true,
                Optional.of(new UserId("app", 1000, 1001)),
                022,
                Optional.of("/tmp"),
                new LogDestination.File("/cli.log"),
                1024,
                7,
                LogLevel.DEBG,
                "/tmp/cli.pid",
                "cli",
                "/tmp",
                8,
                9,
                true,
                true,
                Optional.empty(),
                Map.of("A", "1"),
                List.of()));
  }

  @Test
  void withoutOptionsTheFileCounts() throws ConfigException {
    SupervisordConfig config = folder(Overrides.none()).read(FILE).supervisord();
    assertThat(config.loglevel()).isEqualTo(LogLevel.WARN);
    assertThat(config.user()).map(UserId::name).contains("root");
    assertThat(config.nodaemon()).isFalse();
  }

  @Test
  void theMainLogMayBeSentToSyslog() throws ConfigException {
    assertThat(folder(option("-l", "syslog")).read(FILE).supervisord().logfile())
        .isEqualTo(new LogDestination.Syslog());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "-m | 9 | 9 can not be converted to an octal type",
        "-d | /no/where | /no/where is not an existing directory",
        "-l | /no/x | The directory named as part of the path /no/x does not exist",
        "-z | ten | invalid literal for int() with base 10: 'ten'",
        "-e | loud | bad logging level name 'loud'",
        "-j | /no/x | The directory named as part of the path /no/x does not exist",
        "-q | /no/where | /no/where is not an existing directory",
        "-a | many | invalid literal for int() with base 10: 'many'",
        "--minprocs | many | invalid literal for int() with base 10: 'many'",
      })
  void aWrongOptionIsToldWithItsName(String name, String value, String reason) {
    assertThat(folder(option(name, value)).error(FILE))
        .isEqualTo("invalid value for %s '%s': %s".formatted(name, value, reason));
  }

  @Test
  void aWrongOptionIsToldAsItWasWritten() {
    assertThat(folder(option("-y", "big")).error(FILE))
        .isEqualTo(
            "invalid value for --logfile_maxbytes 'big': "
                + "invalid literal for int() with base 10: 'big'");
  }

  @Test
  void aUserThatDoesNotExistIsTold() {
    assertThat(folder(option("-u", "ghost")).error(FILE)).isEqualTo("Invalid user name ghost");
  }
}

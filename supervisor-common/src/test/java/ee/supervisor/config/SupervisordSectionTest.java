package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisordSectionTest {
  @TempDir private Path directory;

  private ConfigFolder folder() {
    return new ConfigFolder(directory);
  }

  private SupervisordConfig read(String options) throws ConfigException {
    return folder().read("[supervisord]\n" + options).supervisord();
  }

  @Test
  void everyOptionHasADefault() throws ConfigException {
    assertThat(read(""))
        .isEqualTo(
            new SupervisordConfig(
                false,
                false,
                Optional.empty(),
                0022,
                Optional.empty(),
                new LogDestination.File("/supervisord.log"),
                50 * 1024 * 1024,
                10,
                LogLevel.INFO,
                "/supervisord.pid",
                "supervisor",
                "/tmp",
                1024,
                200,
                false,
                false,
                Optional.empty(),
                Map.of(),
                List.of()));
  }

  @Test
  void everyOptionCanBeSet() throws ConfigException {
    SupervisordConfig config =
        read(
            """
            nodaemon=true
            silent=yes
            user=app
            umask=077
            directory=/tmp/
            logfile=/tmp/a.log
            logfile_maxbytes=1KB
            logfile_backups=0
            loglevel=debug
            pidfile=/tmp//../tmp/a.pid
            identifier=blue
            childlogdir=/tmp/
            minfds=10
            minprocs=20
            nocleanup=1
            strip_ansi=on
            environment=A="1",B=2
            """);
    assertThat(config)
        .isEqualTo(
            new SupervisordConfig(
                true,
                true,
                Optional.of(new UserId("app", 1000, 1001)),
                077,
                Optional.of("/tmp/"),
                new LogDestination.File("/tmp/a.log"),
                1024,
                0,
                LogLevel.DEBG,
                "/tmp/a.pid",
                "blue",
                "/tmp/",
                10,
                20,
                true,
                true,
                Optional.empty(),
                Map.of("A", "1", "B", "2"),
                List.of()));
  }

  @Test
  void theMainLogMayGoToSyslog() throws ConfigException {
    assertThat(read("logfile=syslog").logfile()).isEqualTo(new LogDestination.Syslog());
  }

  @Test
  void aLogfileNamedLikeSyslogInCapitalsIsAFile() throws ConfigException {
    assertThat(read("logfile=SYSLOG").logfile()).isEqualTo(new LogDestination.File("/SYSLOG"));
  }

  @Test
  void variablesKeepTheirOrder() throws ConfigException {
    assertThat(read("environment=Z=1,A=2,M=3").environment())
        .containsExactly(entry("Z", "1"), entry("A", "2"), entry("M", "3"));
  }

  @Test
  void hereAndTheEnvironmentAreExpanded() throws ConfigException {
    SupervisordConfig config =
        folder()
            .env("NAME", "blue")
            .read("[supervisord]\nidentifier=%(ENV_NAME)s:%(here)s")
            .supervisord();
    assertThat(config.identifier()).isEqualTo("blue:" + directory);
  }

  @Test
  void environmentIsExpandedTwice() throws ConfigException {
    assertThat(read("environment=A=\"%%%%\"").environment()).containsExactly(entry("A", "%"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "umask=9 | 9 can not be converted to an octal type",
        "loglevel=loud | bad logging level name 'loud'",
        "nodaemon=maybe | not a valid boolean value: 'maybe'",
        "silent=maybe | not a valid boolean value: 'maybe'",
        "nocleanup=maybe | not a valid boolean value: 'maybe'",
        "strip_ansi=maybe | not a valid boolean value: 'maybe'",
        "user=nobody9 | Invalid user name nobody9",
        "user=4711 | Invalid user id 4711",
        "directory=/no/where | /no/where is not an existing directory",
        "childlogdir=/no/where | /no/where is not an existing directory",
        "logfile=/no/where/x | The directory named as part of the path /no/where/x does not exist",
        "pidfile=/no/where/x | The directory named as part of the path /no/where/x does not exist",
        "environment=A | Unexpected end of key/value pairs in value 'A'",
      })
  void aMistakeIsToldInSupervisorsWords(String line, String message) {
    assertThat(folder().error("[supervisord]\n" + line)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({"minfds", "minprocs", "logfile_backups"})
  void whatIsNoNumberIsToldWithItsPlace(String key) {
    assertThat(folder().error("[supervisord]\n" + key + "=many"))
        .isEqualTo(
            "%s=many is not a whole number: invalid literal for int() with base 10: 'many' in section 'supervisord' (file: '%s')"
                .formatted(key, directory.resolve("supervisord.conf")));
  }

  @Test
  void whatIsNoSizeIsToldWithItsPlace() {
    assertThat(folder().error("[supervisord]\nlogfile_maxbytes=big"))
        .startsWith("logfile_maxbytes=big is not a number of bytes such as 50MB: ")
        .endsWith(
            " in section 'supervisord' (file: '%s')"
                .formatted(directory.resolve("supervisord.conf")));
  }

  @Test
  void theServersUrlIsTheFirstUnixSocketBeforeAnyPort() throws ConfigException {
    Configuration configuration =
        folder()
            .readWith(
                """
                [inet_http_server]
                port=9001
                [unix_http_server:a]
                file=/run/a.sock
                [unix_http_server:b]
                file=/run/b.sock
                """);
    assertThat(configuration.supervisord().serverurl()).contains("unix:///run/a.sock");
  }

  @ParameterizedTest
  @CsvSource({
    "9001,http://localhost:9001",
    "*:80,http://localhost:80",
    "10.0.0.1:80,http://10.0.0.1:80"
  })
  void withoutASocketTheServersUrlIsThePort(String port, String url) throws ConfigException {
    assertThat(folder().readWith("[inet_http_server]\nport=" + port).supervisord().serverurl())
        .contains(url);
  }
}

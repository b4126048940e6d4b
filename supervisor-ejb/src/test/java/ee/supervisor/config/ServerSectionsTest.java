package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSectionsTest {
  @TempDir private Path directory;

  private ConfigFolder folder() {
    return new ConfigFolder(directory);
  }

  private List<HttpServerConfig> servers(String sections) throws ConfigException {
    return folder().readWith(sections).httpServers();
  }

  @Test
  void withoutASectionThereIsNoServer() throws ConfigException {
    assertThat(servers("")).isEmpty();
  }

  @Test
  void aPortNeedsNoPassword() throws ConfigException {
    assertThat(servers("[inet_http_server]\nport=127.0.0.1:9001\n"))
        .containsExactly(
            new HttpServerConfig.Inet(
                "inet_http_server",
                "127.0.0.1",
                9001,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void aSocketIsForItsOwnerAlone() throws ConfigException {
    assertThat(servers("[unix_http_server]\nfile=%(here)s/s.sock\n"))
        .containsExactly(
            new HttpServerConfig.Unix(
                "unix_http_server",
                directory + "/s.sock",
                0700,
                SocketOwner.UNCHANGED,
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void everyOptionOfASocketCanBeSet() throws ConfigException {
    assertThat(
            servers(
                """
                [unix_http_server:main]
                file=/run//s.sock
                chmod=0770
                chown=app:web
                username=u
                password={SHA}abc
                """))
        .containsExactly(
            new HttpServerConfig.Unix(
                "unix_http_server:main",
                "/run/s.sock",
                0770,
                new SocketOwner("app", 1000, "web", 33),
                Optional.of("u"),
                Optional.of("{SHA}abc")));
  }

  @Test
  void aSocketsGroupMayStayAsItIs() throws ConfigException {
    HttpServerConfig server = servers("[unix_http_server]\nfile=/s\nchown=app\n").get(0);
    assertThat(((HttpServerConfig.Unix) server).chown())
        .isEqualTo(new SocketOwner("app", 1000, "", -1));
  }

  @Test
  void portsComeBeforeSockets() throws ConfigException {
    assertThat(
            servers(
                "[unix_http_server]\nfile=/s\n[inet_http_server:b]\nport=2\n[inet_http_server:a]\nport=1\n"))
        .extracting(HttpServerConfig::section)
        .containsExactly("inet_http_server:b", "inet_http_server:a", "unix_http_server");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "inet_http_server | username=u | Section [inet_http_server] contains incomplete authentication: If a username or a password is specified, both the username and password must be specified",
        "unix_http_server | chmod=1 | section [unix_http_server] has no file value",
        "inet_http_server | x=y | section [inet_http_server] has no port value",
        "inet_http_server | port=http | `not a valid port number: 'http' `",
      })
  void aMistakeIsToldInSupervisorsWords(String section, String line, String message) {
    assertThat(folder().errorWith("[" + section + "]\n" + line)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chmod=9 | Invalid chmod value 9",
        "chown=ghost | Invalid sockchown value ghost",
        "chown=app:ghosts | Invalid sockchown value app:ghosts",
        "password=p | Section [unix_http_server] contains incomplete authentication: If a username or a password is specified, both the username and password must be specified",
      })
  void aMistakeOfASocketIsToldInSupervisorsWords(String line, String message) {
    assertThat(folder().errorWith("[unix_http_server]\nfile=/s\n" + line)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({
    "9001, http://localhost:9001",
    "*:9001, http://localhost:9001",
    "0.0.0.0:9001, http://0.0.0.0:9001",
    "sv.example:9001, http://sv.example:9001",
    "[::1]:9001, http://[::1]:9001",
    "::1:9001, http://[::1]:9001",
    "[::]:9001, http://[::1]:9001",
    ":::9001, http://[::1]:9001",
  })
  void programsAreToldAnAddressThatCanBeReached(String port, String url) throws ConfigException {
    assertThat(
            folder().readWith("[inet_http_server]\nport=" + port + "\n").supervisord().serverurl())
        .contains(url);
  }

  @Test
  void aPortMayHaveOtherNames() throws ConfigException {
    HttpServerConfig server =
        servers("[inet_http_server]\nport=9001\nallowed_hosts=SV.example , sv\n").get(0);

    assertThat(((HttpServerConfig.Inet) server).allowedHosts()).containsExactly("sv.example", "sv");
  }

  @Test
  void accountsOfTheSystemMayHaveRolesAtASocket() throws ConfigException {
    HttpServerConfig server =
        servers("[unix_http_server]\nfile=/s\npeers=app:Operator, 0:admin\n").get(0);

    assertThat(((HttpServerConfig.Unix) server).peers())
        .containsExactly(
            new HttpServerConfig.Peer("app", 1000, Role.OPERATOR),
            new HttpServerConfig.Peer("0", 0, Role.ADMIN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inet_http_server | allowed_hosts=http://x/ | allowed_hosts=http://x/: 'http://x/' is not a host name such as sv.example.com, without scheme and port, or * for all",
        "inet_http_server | allowed_hosts=a,, b | allowed_hosts=a,, b: '' is not a host name such as sv.example.com, without scheme and port, or * for all",
        "unix_http_server | peers=app | peers=app: 'app' is not an account and a role such as deploy:operator",
        "unix_http_server | peers=app:admin, ghost:admin | peers=app:admin, ghost:admin: Invalid user name ghost",
        "unix_http_server | peers=app:root | peers=app:root: role='root' is not admin, operator or viewer",
        "unix_http_server | peers=app:admin, 1000:viewer | peers=app:admin, 1000:viewer: '1000' is named twice",
      })
  void aMistakeInOurOwnOptionsIsToldWithItsPlace(String section, String line, String message) {
    assertThat(folder().errorWith("[" + section + "]\nport=9001\nfile=/s\n" + line))
        .isEqualTo(
            message
                + " in section '%s' (file: '%s/supervisord.conf')".formatted(section, directory));
  }

  private static String made(String name) {
    return Path.of("src/test/resources/ee/supervisor/tls", name).toAbsolutePath().toString();
  }

  @Test
  void aCertificateMakesTheServerSpeakTls() throws Exception {
    Configuration configuration =
        folder()
            .file("s.crt", Files.readAllBytes(Path.of(made("rsa.crt"))))
            .readWith(
                "[inet_http_server]\nport=*:9001\ncertfile=%%(here)s/s.crt\nkeyfile=%s\n"
                    .formatted(made("rsa-pkcs1.pem")));

    assertThat(((HttpServerConfig.Inet) configuration.httpServers().get(0)).tls())
        .contains(new HttpServerConfig.Tls(directory + "/s.crt", made("rsa-pkcs1.pem")));
    assertThat(configuration.supervisord().serverurl()).contains("https://localhost:9001");
  }

  @Test
  void aKeyThatCannotBeUsedIsToldWithItsPlaceWhereFilesAreLookedAt() throws Exception {
    String server = "[inet_http_server]\nport=9001\n";
    String whereabouts =
        " in section 'inet_http_server' (file: '%s/supervisord.conf')".formatted(directory);

    assertThat(folder().errorWith(server + "certfile=/no/cert.pem\n"))
        .isEqualTo("certfile=/no/cert.pem cannot be read: no such file" + whereabouts);
    assertThat(folder().errorWith(server + "keyfile=/no/key.pem\n"))
        .isEqualTo(
            "keyfile=/no/key.pem without certfile: set certfile to the file with the certificate"
                + whereabouts);
    folder().file("supervisord.conf", "[supervisord]\n" + server + "certfile=/no/cert.pem\n");
    assertThat(
            new ConfigFile(
                    directory.resolve("supervisord.conf").toString(),
                    Overrides.none(),
                    folder().host().unchecked())
                .load()
                .httpServers())
        .hasSize(1);
  }
}

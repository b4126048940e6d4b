package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FcgiSocketKeysTest {
  @TempDir private Path directory;

  private FcgiSocket socket(String options) throws ConfigException {
    GroupConfig group =
        new ConfigFolder(directory)
            .readWith("[fcgi-program:f]\ncommand=f\n" + options)
            .groups()
            .get(0);
    return ((GroupConfig.FastCgi) group).socket();
  }

  private String error(String options) {
    return new ConfigFolder(directory).errorWith("[fcgi-program:f]\ncommand=f\n" + options);
  }

  @Test
  void aTcpSocketHasAHostAndAPort() throws ConfigException {
    assertThat(socket("socket=tcp://LocalHost:9000\nsocket_backlog=5\n"))
        .isEqualTo(
            new FcgiSocket(
                "tcp://localhost:9000", Optional.empty(), OptionalInt.empty(), OptionalInt.of(5)));
  }

  @Test
  void aUnixSocketIsForItsOwnerAlone() throws ConfigException {
    assertThat(socket("socket=unix:///run/../tmp/%(program_name)s.sock\n"))
        .isEqualTo(
            new FcgiSocket(
                "unix:///tmp/f.sock", Optional.empty(), OptionalInt.of(0700), OptionalInt.empty()));
  }

  @Test
  void aUnixSocketMayBeGivenAway() throws ConfigException {
    FcgiSocket socket = socket("socket=unix:///x\nsocket_owner=app:web\nsocket_mode=0770\n");
    assertThat(socket.owner()).contains(new SocketOwner("app", 1000, "web", 33));
    assertThat(socket.mode()).hasValue(0770);
  }

  @Test
  void aUnixSocketBelongsToTheProgramsUser() throws ConfigException {
    assertThat(socket("socket=unix:///x\nuser=app\n").owner())
        .contains(new SocketOwner("app", 1000, "", 1001));
  }

  @Test
  void aSocketOfSupervisordsOwnUserIsNotGivenAway() throws ConfigException {
    assertThat(socket("socket=unix:///x\nuser=root\n").owner()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "socket=unix://x | ('Unix socket path %s is not an absolute path', 'x') in [fcgi-program:f] socket",
        "socket=http://a:1 | ('Bad socket format %s', 'http://a:1') in [fcgi-program:f] socket",
        "socket=tcp://a | ('Bad socket format %s', 'tcp://a') in [fcgi-program:f] socket",
        "socket=tcp://a:0 | 0 is below lower bound (1) in [fcgi-program:f] socket",
        "priority=1 | [fcgi-program:f] section requires a \"socket\" line",
        "socket= | [fcgi-program:f] section requires a \"socket\" line",
        "socket_backlog=0 | Invalid socket_backlog value 0",
        "socket_backlog=65536 | Invalid socket_backlog value 65536",
        "socket_owner=ghost | Invalid socket_owner value ghost",
        "socket_owner=app:ghosts | Invalid socket_owner value app:ghosts",
        "socket_mode=9 | Invalid socket_mode value 9",
        "user=ghost | Invalid user name ghost",
      })
  void aMistakeIsToldInSupervisorsWords(String line, String message) {
    assertThat(error(line)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({"socket_mode=0700", "socket_owner=app"})
  void onlyAUnixSocketHasAnOwnerAndAMode(String line) {
    assertThat(error("socket=tcp://a:1\n" + line))
        .isEqualTo(
            "socket_owner and socket_mode params should only be used with a Unix domain socket in"
                + " [fcgi-program:f] socket");
  }
}

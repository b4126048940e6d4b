package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JmxSectionTest {
  @TempDir private Path directory;

  @Test
  void withoutTheSectionNothingListens() throws Exception {
    assertThat(load("").jmx()).isEmpty();
  }

  @Test
  void aUserAndAPortAreEnoughAndOnlyThisMachineIsServed() throws Exception {
    JmxConfig config =
        load("[jmx]\nport=9010\nusername=ops\npassword=secret\n").jmx().orElseThrow();

    assertThat(config)
        .isEqualTo(
            new JmxConfig(
                "127.0.0.1",
                9010,
                Optional.of(new User("ops", new Password("secret"), Role.ADMIN)),
                new Users(List.of()),
                Optional.empty(),
                Optional.empty()));
    assertThat(config.toString()).doesNotContain("secret");
  }

  @Test
  void everyKeyIsRead() throws Exception {
    JmxConfig config =
        load("""
                [jmx]
                host=::1
                port=9010
                username=eve
                password={SHA}00
                role=Viewer
                password_file=%(here)s/users
                keystore=%(here)s/key.p12
                keystore_password=changeit
                """)
            .jmx()
            .orElseThrow();

    assertThat(config.host()).isEqualTo("::1");
    assertThat(config.user().orElseThrow().role()).isEqualTo(Role.VIEWER);
    assertThat(config.passwordFile()).contains(directory.resolve("users").toString());
    assertThat(config.keystore())
        .contains(new JmxConfig.Keystore(directory.resolve("key.p12").toString(), "changeit"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "username=a;password=b|no port: set port to a number from 1 to 65535",
        "port=nine;username=a;password=b|port='nine' is not a port number: ",
        "port=70000;username=a;password=b|port='70000' is not a port number: 70000 is above upper",
        "port=9010|no users: set username and password, or password_file",
        "port=9010;username=a|username and password must be set both or neither",
        "port=9010;username=a;password=b;role=root|role='root' is not admin, operator or viewer",
        "port=9010;username=a;password=b;keystore=/k|keystore and keystore_password must be set",
      })
  void aWrongValueIsToldWithItsPlaceAndWhatWouldBeRight(String keys, String message) {
    assertThatThrownBy(() -> load("[jmx]\n" + keys.replace(';', '\n') + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(message)
        .hasMessageEndingWith(
            " in section 'jmx' (file: '%s')", directory.resolve("supervisord.conf"));
  }

  private Configuration load(String text) throws ConfigException, IOException {
    Path file = directory.resolve("supervisord.conf");
    Files.writeString(file, "[supervisord]\n" + text);
    return new ConfigFile(file.toString(), Overrides.none(), Host.ofThisProcess()).load();
  }
}

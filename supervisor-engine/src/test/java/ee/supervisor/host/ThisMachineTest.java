package ee.supervisor.host;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.Surroundings;
import ee.supervisor.config.UserId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ThisMachineTest {
  private final Surroundings surroundings = ThisMachine.surroundings();

  @Test
  void theEnvironmentIsThatOfTheProcess() {
    assertThat(surroundings.environment()).isEqualTo(System.getenv());
  }

  @Test
  void thisMachineHasARoot() throws ConfigException {
    assertThat(surroundings.users().user("root")).contains(new UserId("root", 0, 0));
    assertThat(surroundings.users().user("0")).contains(new UserId("0", 0, 0));
    assertThat(surroundings.users().group("root")).hasValue(0);
    assertThat(surroundings.users().home("root")).contains("/root");
  }

  @Test
  void whoDoesNotExistIsNotFound() throws ConfigException {
    assertThat(surroundings.users().user("no-such-user")).isEmpty();
    assertThat(surroundings.users().group("no-such-group")).isEmpty();
    assertThat(surroundings.users().home("no-such-user")).isEmpty();
  }

  @Test
  void directoriesAreLookedFor() {
    assertThat(surroundings.isDirectory().test("/")).isTrue();
    assertThat(surroundings.isDirectory().test("/no/where")).isFalse();
  }

  @Test
  void childLogsGoToADirectoryThatIsThere() {
    assertThat(Path.of(surroundings.temporaryDirectory())).isAbsolute().isDirectory();
  }

  @Test
  void uncheckedEverythingIsThere() throws ConfigException {
    Surroundings unchecked = surroundings.unchecked();
    assertThat(unchecked.users().user("no-such-user")).contains(new UserId("no-such-user", -1, -1));
    assertThat(unchecked.users().group("no-such-group")).hasValue(-1);
    assertThat(unchecked.isDirectory().test("/no/where")).isTrue();
    assertThat(unchecked.hostName()).isEqualTo(surroundings.hostName());
  }
}

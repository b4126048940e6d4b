package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HostTest {
  private final Host host = Host.ofThisProcess();

  @Test
  void theEnvironmentIsThatOfTheProcess() {
    assertThat(host.environment()).isEqualTo(System.getenv());
  }

  @Test
  void thisMachineHasARoot() throws ConfigException {
    assertThat(host.users().user("root")).contains(new UserId("root", 0, 0));
    assertThat(host.users().user("0")).contains(new UserId("0", 0, 0));
    assertThat(host.users().group("root")).hasValue(0);
    assertThat(host.users().home("root")).contains("/root");
  }

  @Test
  void whoDoesNotExistIsNotFound() throws ConfigException {
    assertThat(host.users().user("no-such-user")).isEmpty();
    assertThat(host.users().group("no-such-group")).isEmpty();
    assertThat(host.users().home("no-such-user")).isEmpty();
  }

  @Test
  void directoriesAreLookedFor() {
    assertThat(host.isDirectory().test("/")).isTrue();
    assertThat(host.isDirectory().test("/no/where")).isFalse();
  }

  @Test
  void childLogsGoToADirectoryThatIsThere() {
    assertThat(Path.of(host.temporaryDirectory())).isAbsolute().isDirectory();
  }

  @Test
  void uncheckedEverythingIsThere() throws ConfigException {
    Host unchecked = host.unchecked();
    assertThat(unchecked.users().user("no-such-user")).contains(new UserId("no-such-user", -1, -1));
    assertThat(unchecked.users().group("no-such-group")).hasValue(-1);
    assertThat(unchecked.isDirectory().test("/no/where")).isTrue();
    assertThat(unchecked.hostName()).isEqualTo(host.hostName());
  }
}

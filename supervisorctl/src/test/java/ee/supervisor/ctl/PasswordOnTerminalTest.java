package ee.supervisor.ctl;

import static ee.supervisor.testing.Requirement.PYTHON;
import static ee.supervisor.testing.Requirement.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.testing.Requires;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requires({PYTHON, REFERENCE})
class PasswordOnTerminalTest {
  private static final String SECTIONS =
      """
      username=chris
      password=secret123
      [supervisorctl]
      serverurl=unix://@DIR@/s.sock
      [program:echo]
      command=/bin/cat
      startsecs=0
      """;

  @TempDir Path directory;

  @Test
  void theShellAsksForNameAndPasswordAndHidesTheLatter() throws Exception {
    try (ReferenceServer server = new ReferenceServer(directory, SECTIONS);
        Screen screen = new Screen(Ctl.command(true, List.of(), "-c", server.conf()))) {
      screen.sees("Server requires authentication");
      screen.sees("Username:");
      screen.type("chris\r");
      screen.sees("Password:");
      screen.type("secret123\r");
      screen.sees("RUNNING");
      assertThat(screen.plain()).doesNotContain("secret123");
    }
  }

  @Test
  void aSingleActionAskedInteractivelyReadsThemFromTheTerminalToo() throws Exception {
    try (ReferenceServer server = new ReferenceServer(directory, SECTIONS);
        Screen screen =
            new Screen(Ctl.command(true, List.of(), "-c", server.conf(), "-i", "status", "echo"))) {
      screen.sees("Username:");
      screen.type("chris\r");
      screen.sees("Password:");
      screen.type("secret123\r");
      screen.sees("RUNNING");
      assertThat(screen.exitCode()).isZero();
      assertThat(screen.plain()).doesNotContain("secret123");
    }
  }
}

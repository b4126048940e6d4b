package ee.supervisor.jmx.console;

import static ee.supervisor.testing.Requirement.JCONSOLE;
import static ee.supervisor.testing.Requirement.XVFB;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.event.ProcessState;
import ee.supervisor.jmx.ShownEngine;
import ee.supervisor.testing.Requires;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real JConsole with our tab, attached to a real engine. */
@Requires({JCONSOLE, XVFB})
class JConsoleTest {
  private static final Path PLUGIN = Path.of("target", "classes");

  @TempDir private Path directory;

  @Test
  void aProgramIsStoppedWithTheMouseInJConsole() throws Exception {
    Path screenshot = Path.of("target", "jconsole.png");
    Path output = directory.resolve("jconsole.out");
    try (ShownEngine shown =
            new ShownEngine(
                directory,
                """
                [program:cat]
                command=/bin/cat
                startsecs=0
                [program:clock]
                command=/bin/sh -c "while date; do sleep 1; done"
                startsecs=0
                """,
                ManagementFactory.getPlatformMBeanServer());
        Xvfb screen = Xvfb.start()) {
      shown.running().awaitState("clock", ProcessState.RUNNING);

      Process console = jconsole(screen, screenshot, output);
      try {
        assertThat(console.waitFor(3, MINUTES)).isTrue();
      } finally {
        console.destroyForcibly();
      }

      assertThat(console.exitValue()).as(Files.readString(output)).isZero();
      assertThat(shown.running().info("clock").state()).isEqualTo(ProcessState.STOPPED);
      assertThat(shown.running().info("cat").state()).isEqualTo(ProcessState.RUNNING);
      assertThat(screenshot).isNotEmptyFile();
    }
  }

  private static Process jconsole(Xvfb screen, Path screenshot, Path output) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-exports",
            "jdk.jconsole/sun.tools.jconsole=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            JConsoleDriver.class.getName(),
            "-interval=1",
            "-pluginpath",
            PLUGIN.toString(),
            Long.toString(ProcessHandle.current().pid()),
            "clock",
            screenshot.toString());
    builder.environment().put("DISPLAY", screen.display());
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }
}

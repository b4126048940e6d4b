package ee.supervisor.packages;

import static ee.supervisor.testing.Requirement.NAMESPACES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ee.supervisor.testing.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image as process 1. It is there if the build was given a base for it, by -Dimage.base. */
@Requires(NAMESPACES)
class ImageTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private static Path directory;
  private static Container container;

  @BeforeAll
  static void unpackIt() throws Exception {
    try (Stream<Path> files = Files.list(Packages.DIRECTORY)) {
      assumeTrue(
          files.anyMatch(file -> file.toString().endsWith("-image.tar")), "no image was built");
    }
    container = new Container(Packages.matching("*-image.tar"), directory);
  }

  @AfterEach
  void endIt() throws Exception {
    container.close();
  }

  @AfterAll
  static void removeIt() throws Exception {
    // JUnit would warn of every link that leads out of the directory
    new ProcessBuilder("rm", "-rf", directory.resolve("root").toString()).start().waitFor();
  }

  private static void programs(String text) throws Exception {
    Files.createDirectories(container.file("/etc/supervisor/conf.d"));
    Files.writeString(container.file("/etc/supervisor/conf.d/programs.conf"), text);
  }

  @Test
  void stoppedItStopsItsProgramsAndEnds() throws Exception {
    programs(
        """
        [program:web]
        command = /bin/sh -c "trap 'echo web has stopped; exit 0' TERM; echo web is up; while :; do sleep 0.1; done"
        stdout_logfile = /dev/stdout
        stdout_logfile_maxbytes = 0
        """);
    container.start("0:0");
    container.awaitLog("web is up");
    container.awaitLog("success: web entered RUNNING state");
    assertThat(container.exec("supervisorctl", "status")).startsWith("web ").contains("RUNNING");
    container.signal("TERM");
    assertThat(container.exitCode()).isZero();
    assertThat(container.log()).contains("web has stopped", "stopped: web (exit status 0)");
  }

  @Test
  void orphansAreReaped() throws Exception {
    programs(
        """
        [program:parent]
        command = /bin/sh -c "(sleep 0.2 & sleep 0.1 &) ; exec sleep 1000"
        """);
    container.start("0:0");
    container.awaitLog("success: parent entered RUNNING state");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(container.exec("sh", "-c", "cat /proc/[0-9]*/stat"))
                    .contains("(sleep)")
                    .doesNotContain("(sleep) Z")
                    .containsOnlyOnce("(sleep)"));
  }

  @Test
  void itEndsWithItsMainProgramAndThatOnesExitCode() throws Exception {
    programs(
        """
        [supervisord]
        exit_on = main

        [program:main]
        command = /bin/sh -c "sleep 0.5; exit 7"
        startsecs = 0

        [program:helper]
        command = /bin/sleep 1000
        """);
    container.start("0:0");
    assertThat(container.exitCode()).isEqualTo(7);
    assertThat(container.log()).contains("stopped: helper");
  }

  @Test
  void hangupReadsTheConfigurationAnew() throws Exception {
    programs("[program:first]\ncommand = /bin/sleep 1000\n");
    container.start("0:0");
    container.awaitLog("success: first entered RUNNING state");
    programs("[program:second]\ncommand = /bin/sleep 1000\n");
    container.signal("HUP");
    container.awaitLog("success: second entered RUNNING state");
  }

  @Test
  void anyUserRunsItWithAConfigurationThatNeedsNoRoot() throws Exception {
    programs("");
    Files.writeString(
        container.file("/etc/supervisor/user.conf"),
        """
        [supervisord]
        nodaemon = true
        logfile = /dev/null
        logfile_maxbytes = 0
        pidfile = /tmp/supervisord.pid
        [unix_http_server]
        file = /tmp/supervisor.sock
        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
        [supervisorctl]
        serverurl = unix:///tmp/supervisor.sock
        [program:who]
        command = /bin/sh -c "echo I am $(id -u); exec sleep 1000"
        stdout_logfile = /tmp/who.log
        """);
    container.start(
        "1000:1000",
        List.of("/opt/supervisor/bin/supervisord", "-n", "-c", "/etc/supervisor/user.conf"));
    container.awaitLog("success: who entered RUNNING state");
    assertThat(container.exec("cat", "/tmp/who.log")).isEqualTo("I am 1000\n");
    container.signal("TERM");
    assertThat(container.exitCode()).isZero();
  }
}

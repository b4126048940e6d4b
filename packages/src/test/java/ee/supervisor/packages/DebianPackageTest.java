package ee.supervisor.packages;

import static ee.supervisor.testing.Requirement.MMDEBSTRAP;
import static ee.supervisor.testing.Requirement.MOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a machine with Debian's supervisor when our package takes its place. */
@Requires({MMDEBSTRAP, MOUNT})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DebianPackageTest {
  private static final String CONFIGURATION = "/etc/supervisor/supervisord.conf";

  @TempDir private static Path directory;
  private static DebianMachine machine;
  private static String configured;

  @BeforeAll
  static void aMachineOnWhichDebiansSupervisorRunsAProgram() throws Exception {
    machine =
        new DebianMachine(
            directory, "supervisor", "default-jre-headless", "systemd-sysv", "dbus", "procps");
    Files.writeString(
        machine.file("/etc/supervisor/conf.d/sleeper.conf"),
        """
        [program:sleeper]
        command = /bin/sleep 1000000
        numprocs = 3
        process_name = %(program_name)s_%(process_num)d
        """);
    // as an administrator would have it: dpkg would ask what is to become of it
    Path file = machine.file(CONFIGURATION);
    Files.writeString(
        file, "\n[inet_http_server]\nport = 127.0.0.1:9001\n", StandardOpenOption.APPEND);
    configured = Files.readString(file);
    Files.copy(
        Packages.matching("supervisor-ee_*_all.deb"), machine.file("/root/supervisor-ee.deb"));
    machine.boot();
    machine.awaitOutput("sleeper:sleeper_2                RUNNING", "supervisorctl", "status");
    assertThat(supervisord()).contains("python3");
  }

  @AfterAll
  static void endIt() throws Exception {
    if (machine != null) {
      machine.close();
    }
  }

  private static String supervisord() throws IOException, InterruptedException {
    return machine
        .run(
            "sh",
            "-c",
            "tr '\\0' ' ' </proc/$(systemctl show --value -p MainPID supervisor)/cmdline")
        .output();
  }

  private static void succeeds(String... command) throws IOException, InterruptedException {
    DebianMachine.Result result = machine.run(command);
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  private static int sleepers() throws IOException, InterruptedException {
    return machine.run("pgrep", "-fc", "^/bin/sleep 1000000").output().strip().charAt(0) - '0';
  }

  @Test
  @Order(1)
  void itTakesOverConfigurationAndProgramsWithoutAQuestion() throws Exception {
    succeeds("apt-get", "install", "-y", "/root/supervisor-ee.deb");
    assertThat(machine.file(CONFIGURATION)).hasContent(configured);
    machine.awaitOutput("sleeper:sleeper_2                RUNNING", "supervisorctl", "status");
    assertThat(supervisord()).contains("java");
    assertThat(sleepers()).isEqualTo(3);
    assertThat(machine.file("/usr/lib/supervisor-ee/lib/archive")).isNotEmptyDirectory();
    assertThat(machine.file("/usr/lib/supervisor-ee/lib/ctl/archive")).isNotEmptyDirectory();
  }

  @Test
  @Order(2)
  void itStaysAsItIsWhenWhatIsLeftOfDebiansIsPurged() throws Exception {
    succeeds("dpkg", "--purge", "supervisor");
    assertThat(machine.file(CONFIGURATION)).hasContent(configured);
    assertThat(machine.run("systemctl", "is-enabled", "supervisor-ee").output())
        .isEqualTo("enabled\n");
    succeeds("systemctl", "restart", "supervisor");
    machine.awaitOutput("sleeper:sleeper_2                RUNNING", "supervisorctl", "status");
    assertThat(sleepers()).isEqualTo(3);
  }

  @Test
  @Order(3)
  void programsOfASupervisordThatWasKilledDoNotRunTwice() throws Exception {
    String before = machine.run("systemctl", "show", "-p", "MainPID", "supervisor").output();
    succeeds("systemctl", "kill", "--kill-whom=main", "-s", "KILL", "supervisor");
    machine.awaitOutput("NRestarts=1", "systemctl", "show", "-p", "NRestarts", "supervisor");
    machine.awaitOutput("sleeper:sleeper_2                RUNNING", "supervisorctl", "status");
    assertThat(machine.run("systemctl", "show", "-p", "MainPID", "supervisor").output())
        .isNotEqualTo(before);
    assertThat(sleepers()).isEqualTo(3);
  }

  @Test
  @Order(4)
  void anotherJavaGetsArchivesOfItsOwn() throws Exception {
    Path archives = machine.file("/usr/lib/supervisor-ee/lib/archive");
    String name = archives.toFile().list()[0];
    Files.move(archives.resolve(name), archives.resolve("of-a-java-that-is-gone.jsa"));
    succeeds("dpkg-trigger", "--by-package=default-jre-headless", "/usr/lib/jvm");
    succeeds("dpkg", "--triggers-only", "--pending");
    assertThat(archives.toFile().list()).containsExactly(name);
  }

  @Test
  @Order(5)
  void aSecondInstallationIsAnUpgrade() throws Exception {
    succeeds("apt-get", "install", "-y", "--reinstall", "/root/supervisor-ee.deb");
    assertThat(machine.file(CONFIGURATION)).hasContent(configured);
    machine.awaitOutput("sleeper:sleeper_2                RUNNING", "supervisorctl", "status");
    assertThat(sleepers()).isEqualTo(3);
  }

  @Test
  @Order(6)
  void nothingIsLeftWhenItIsPurged() throws Exception {
    Files.delete(machine.file("/etc/supervisor/conf.d/sleeper.conf"));
    succeeds("apt-get", "purge", "-y", "supervisor-ee");
    assertThat(sleepers()).isZero();
    assertThat(
            machine
                .run(
                    "find",
                    "/etc",
                    "/usr",
                    "/lib",
                    "/var",
                    "/run",
                    "/tmp",
                    "-iname",
                    "*supervisor*")
                .output()
                .lines()
                // systemd's own record of the units that it stopped, the cache of what was
                // installed
                .filter(path -> !path.startsWith("/var/cache/apt/"))
                .filter(path -> !path.startsWith("/run/systemd/")))
        .isEmpty();
  }
}

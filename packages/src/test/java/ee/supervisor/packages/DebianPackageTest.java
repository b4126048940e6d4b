package ee.supervisor.packages;

import static ee.supervisor.testing.Requirement.MMDEBSTRAP;
import static ee.supervisor.testing.Requirement.NAMESPACES;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a machine with Debian's supervisor when our package takes its place. */
@Requires({MMDEBSTRAP, NAMESPACES})
class DebianPackageTest {
  private static final String CONFIGURATION = "/etc/supervisor/supervisord.conf";
  private static final String PROGRAMS = "/etc/supervisor/conf.d/sleeper.conf";

  @TempDir private Path directory;
  private DebianMachine machine;
  private String configured;

  @BeforeEach
  void aMachineOnWhichDebiansSupervisorRunsAProgram() throws Exception {
    machine = new DebianMachine(directory);
    Files.writeString(
        machine.file(PROGRAMS),
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
    Files.copy(Packages.debian(), machine.file("/root/supervisor-ee.deb"));
    machine.boot();
    awaitPrograms();
    assertThat(supervisord()).contains("python3");
  }

  @AfterEach
  void endIt() throws Exception {
    if (machine != null) {
      machine.close();
    }
  }

  private String supervisord() throws IOException, InterruptedException {
    return machine
        .run(
            "sh",
            "-c",
            "tr '\\0' ' ' </proc/$(systemctl show --value -P MainPID supervisor)/cmdline")
        .output();
  }

  private void awaitPrograms() {
    machine.awaitOutput("sleeper:sleeper_2                RUNNING", "supervisorctl", "status");
    machine.awaitSleepers(3);
  }

  /**
   * One test, since each step needs what the one before has left; run again, it is so from the
   * start.
   */
  @Test
  @Timeout(value = 12, unit = TimeUnit.MINUTES)
  void aMachineOfDebiansIsTakenOverUpgradedGivenBackAndCleared() throws Exception {
    aptBringsAJavaWhereNoneIs();
    itTakesOverConfigurationAndProgramsWithoutAQuestion();
    allThatDpkgKnowsOfItIsAsItWasPacked();
    itStaysAsItIsWhenWhatIsLeftOfDebiansIsPurged();
    theUnitKeepsNothingFromThePrograms();
    reloadReadsTheConfigurationAnewInTheSameProcess();
    programsOfASupervisordThatWasKilledDoNotRunTwice();
    anotherJavaGetsArchivesOfItsOwn();
    anUpgradeKeepsTheConfigurationAndStartsTheProgramsAgain();
    removedWhileItRunsItStopsItsPrograms();
    itIsInstalledAgainWithWhatItLeft();
    debiansSupervisorTakesItsPlaceAgain();
    nothingIsLeftWhenItIsPurged();
  }

  private void aptBringsAJavaWhereNoneIs() throws Exception {
    assertThat(
            machine.succeeds(
                "apt-get",
                "install",
                "--simulate",
                "--no-install-recommends",
                "-o",
                "Dir::State::status=/dev/null",
                "/root/supervisor-ee.deb"))
        .contains("Inst default-jre-headless", "Inst openjdk-17-jre-headless");
  }

  private void itTakesOverConfigurationAndProgramsWithoutAQuestion() throws Exception {
    machine.succeeds("apt-get", "install", "-y", "/root/supervisor-ee.deb");
    assertThat(machine.file(CONFIGURATION)).hasContent(configured);
    awaitPrograms();
    assertThat(supervisord()).contains("java");
    assertThat(machine.file("/usr/lib/supervisor-ee/lib/archive")).isNotEmptyDirectory();
    assertThat(machine.file("/usr/lib/supervisor-ee/lib/ctl/archive")).isNotEmptyDirectory();
  }

  private void allThatDpkgKnowsOfItIsAsItWasPacked() throws Exception {
    // c: the configuration, which was changed on purpose
    assertThat(machine.run("dpkg", "--verify", "supervisor-ee").output().lines())
        .allSatisfy(line -> assertThat(line).endsWith(" c " + CONFIGURATION));
    assertThat(
            machine.succeeds(
                "find",
                "/usr/lib/supervisor-ee",
                "(",
                "!",
                "-user",
                "root",
                "-o",
                "-perm",
                "/022",
                ")",
                "!",
                "-type",
                "l"))
        .isEmpty();
  }

  private void itStaysAsItIsWhenWhatIsLeftOfDebiansIsPurged() throws Exception {
    machine.succeeds("dpkg", "--purge", "supervisor");
    assertThat(machine.file(CONFIGURATION)).hasContent(configured);
    assertThat(machine.run("systemctl", "is-enabled", "supervisor-ee").output())
        .isEqualTo("enabled\n");
    machine.succeeds("systemctl", "restart", "supervisor");
    awaitPrograms();
  }

  private void theUnitKeepsNothingFromThePrograms() throws Exception {
    String sleeper = machine.succeeds("pgrep", "-fo", "^/bin/sleep 1000000").strip();
    assertThat(machine.succeeds("cat", "/proc/" + sleeper + "/status"))
        .contains("NoNewPrivs:\t0\n", "Seccomp:\t0\n")
        .contains(capabilities("self", "CapBnd:"))
        .contains(capabilities("self", "CapEff:"));
    for (String namespace : new String[] {"mnt", "net", "pid", "uts"}) {
      assertThat(machine.succeeds("readlink", "/proc/" + sleeper + "/ns/" + namespace))
          .isEqualTo(machine.succeeds("readlink", "/proc/1/ns/" + namespace));
    }
  }

  private String capabilities(String process, String which) throws Exception {
    return machine.succeeds("grep", which, "/proc/" + process + "/status");
  }

  private void reloadReadsTheConfigurationAnewInTheSameProcess() throws Exception {
    String before = machine.run("systemctl", "show", "-P", "MainPID", "supervisor").output();
    Path another = machine.file("/etc/supervisor/conf.d/another.conf");
    Files.writeString(another, "[program:another]\ncommand = /bin/sleep 2000000\n");
    machine.succeeds("systemctl", "reload", "supervisor");
    machine.awaitOutput("another                          RUNNING", "supervisorctl", "status");
    awaitPrograms();
    assertThat(machine.run("systemctl", "show", "-P", "MainPID", "supervisor").output())
        .isEqualTo(before);
    assertThat(machine.run("systemctl", "is-active", "supervisor").output()).isEqualTo("active\n");
    Files.delete(another);
  }

  private void programsOfASupervisordThatWasKilledDoNotRunTwice() throws Exception {
    String before = machine.run("systemctl", "show", "-P", "MainPID", "supervisor").output();
    machine.succeeds("systemctl", "kill", "--kill-whom=main", "-s", "KILL", "supervisor");
    machine.awaitOutput("NRestarts=1", "systemctl", "show", "-p", "NRestarts", "supervisor");
    awaitPrograms();
    assertThat(machine.run("systemctl", "show", "-P", "MainPID", "supervisor").output())
        .isNotEqualTo(before);
  }

  private void anotherJavaGetsArchivesOfItsOwn() throws Exception {
    Path archives = machine.file("/usr/lib/supervisor-ee/lib/archive");
    String name = archives.toFile().list()[0];
    Files.move(archives.resolve(name), archives.resolve("of-a-java-that-is-gone.jsa"));
    machine.succeeds("dpkg-trigger", "--by-package=default-jre-headless", "/usr/lib/jvm");
    machine.succeeds("dpkg", "--triggers-only", "--pending");
    assertThat(archives.toFile().list()).containsExactly(name);
  }

  private void anUpgradeKeepsTheConfigurationAndStartsTheProgramsAgain() throws Exception {
    machine.succeeds("dpkg-deb", "--raw-extract", "/root/supervisor-ee.deb", "/root/next");
    machine.succeeds("sed", "-i", "s/^Version: .*/Version: 1.0.1/", "/root/next/DEBIAN/control");
    machine.succeeds("dpkg-deb", "-Znone", "--build", "/root/next", "/root/next.deb");
    machine.succeeds("rm", "-r", "/root/next");
    machine.succeeds("apt-get", "install", "-y", "/root/next.deb");
    assertThat(machine.succeeds("dpkg-query", "-W", "-f", "${Version}", "supervisor-ee"))
        .isEqualTo("1.0.1");
    assertThat(machine.file(CONFIGURATION)).hasContent(configured);
    awaitPrograms();
  }

  private void removedWhileItRunsItStopsItsPrograms() throws Exception {
    machine.succeeds("apt-get", "remove", "-y", "supervisor-ee");
    machine.awaitSleepers(0);
    assertThat(machine.file("/usr/lib/supervisor-ee")).doesNotExist();
    assertThat(machine.file(CONFIGURATION)).hasContent(configured);
  }

  private void itIsInstalledAgainWithWhatItLeft() throws Exception {
    machine.succeeds("apt-get", "install", "-y", "/root/supervisor-ee.deb");
    assertThat(machine.file(CONFIGURATION)).hasContent(configured);
    awaitPrograms();
  }

  private void debiansSupervisorTakesItsPlaceAgain() throws Exception {
    machine.succeeds(
        "sh", "-c", "apt-get install -y -o Dpkg::Options::=--force-confold /srv/supervisor_*.deb");
    awaitPrograms();
    assertThat(supervisord()).contains("python3");
    machine.succeeds("dpkg", "--purge", "supervisor-ee");
    assertThat(machine.file(CONFIGURATION)).hasContent(configured);
    machine.succeeds("systemctl", "restart", "supervisor");
    awaitPrograms();
  }

  private void nothingIsLeftWhenItIsPurged() throws Exception {
    machine.succeeds("apt-get", "install", "-y", "/root/supervisor-ee.deb");
    machine.succeeds("dpkg", "--purge", "supervisor");
    Files.delete(machine.file(PROGRAMS));
    machine.succeeds("apt-get", "purge", "-y", "supervisor-ee");
    machine.awaitSleepers(0);
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

package ee.supervisor.packages;

import static ee.supervisor.testing.Requirement.MMDEBSTRAP;
import static ee.supervisor.testing.Requirement.NAMESPACES;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.testing.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The package for Fedora, installed by rpm on a booted Debian: its files and scripts are looked at,
 * not what it depends on, which has other names there.
 */
@Requires({MMDEBSTRAP, NAMESPACES})
class RpmPackageTest {
  @TempDir private Path directory;
  private DebianMachine machine;

  @BeforeEach
  void aMachineWithoutASupervisor() throws Exception {
    machine = new DebianMachine(directory);
    Files.copy(Packages.matching("*.noarch.rpm"), machine.file("/root/supervisor-ee.rpm"));
    machine.boot();
    machine.succeeds("dpkg", "--purge", "supervisor");
  }

  @AfterEach
  void endIt() throws Exception {
    if (machine != null) {
      machine.close();
    }
  }

  private String rpm(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 2];
    command[0] = "rpm";
    command[1] = "--force-debian";
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return machine.succeeds(command);
  }

  /** Mode and owners of what lies in the tree, by path, as either package lists it. */
  private static Map<String, String> tree(String listing, String pattern) {
    return listing
        .lines()
        .map(line -> line.replaceFirst(pattern, "$1 $2|$3"))
        .filter(line -> line.contains("|/usr/lib/supervisor-ee"))
        // each of Debian's packages has the library of its own machine
        .filter(line -> !line.contains("/lib/native") && !line.contains("-native.jar"))
        .collect(
            toMap(
                line -> line.substring(line.indexOf('|') + 1).replaceFirst("/$", ""),
                line -> line.substring(0, line.indexOf('|')),
                (first, second) -> first,
                TreeMap::new));
  }

  /**
   * One test, since each step needs what the one before has left; run again, it is so from the
   * start.
   */
  @Test
  @Timeout(value = 12, unit = TimeUnit.MINUTES)
  void aMachineGetsItKeepsItAndLosesIt() throws Exception {
    itHasTheSameTreeAsDebians();
    itIsInstalledWithItsArchivesAndStartedByTheAdministrator();
    whatTheAdministratorChangedStays();
    erasedItStopsItsProgramsAndLeavesWhatTheAdministratorWrote();
  }

  private void itHasTheSameTreeAsDebians() throws Exception {
    Files.copy(Packages.debian(), machine.file("/root/supervisor-ee.deb"));
    Map<String, String> debian =
        tree(
            machine.succeeds("dpkg-deb", "--contents", "/root/supervisor-ee.deb"),
            "^(\\S+) (\\S+)/.* \\.(/\\S*)$");
    Map<String, String> fedora =
        tree(
            rpm(
                "-qp",
                "--qf",
                "[%{FILEMODES:perms} %{FILEUSERNAME} %{FILENAMES}\\n]",
                "/root/supervisor-ee.rpm"),
            "^(\\S+) (\\S+) (/\\S*)$");
    assertThat(fedora).hasSizeGreaterThan(70).containsExactlyInAnyOrderEntriesOf(debian);
  }

  private void itIsInstalledWithItsArchivesAndStartedByTheAdministrator() throws Exception {
    assertThat(rpm("--install", "--nodeps", "/root/supervisor-ee.rpm")).isEmpty();
    assertThat(rpm("--verify", "--nodeps", "supervisor-ee")).isEmpty();
    assertThat(machine.file("/usr/lib/supervisor-ee/lib/archive")).isNotEmptyDirectory();
    Files.writeString(
        machine.file("/etc/supervisord.d/sleeper.ini"),
        "[program:sleeper]\ncommand = /bin/sleep 1000000\n");
    machine.succeeds("systemctl", "enable", "--now", "supervisord");
    machine.awaitOutput("sleeper                          RUNNING", "supervisorctl", "status");
    assertThat(rpm("--verify", "--nodeps", "supervisor-ee")).isEmpty();
  }

  private void whatTheAdministratorChangedStays() throws Exception {
    Path configuration = machine.file("/etc/supervisord.conf");
    String changed =
        Files.readString(configuration) + "\n[inet_http_server]\nport = 127.0.0.1:9001\n";
    Files.writeString(configuration, changed);
    rpm("--upgrade", "--replacepkgs", "--nodeps", "/root/supervisor-ee.rpm");
    assertThat(configuration).hasContent(changed);
    machine.awaitOutput("sleeper                          RUNNING", "supervisorctl", "status");
    machine.awaitSleepers(1);
  }

  private void erasedItStopsItsProgramsAndLeavesWhatTheAdministratorWrote() throws Exception {
    rpm("--erase", "supervisor-ee");
    machine.awaitSleepers(0);
    assertThat(machine.file("/usr/lib/supervisor-ee")).doesNotExist();
    assertThat(machine.file("/usr/bin/supervisord")).doesNotExist();
    assertThat(machine.file("/usr/share/man/man1/supervisord.1")).doesNotExist();
    assertThat(machine.file("/usr/share/doc/supervisor-ee")).doesNotExist();
    assertThat(machine.file("/etc/supervisord.conf.rpmsave")).exists();
    assertThat(machine.file("/etc/supervisord.d/sleeper.ini")).exists();
  }
}

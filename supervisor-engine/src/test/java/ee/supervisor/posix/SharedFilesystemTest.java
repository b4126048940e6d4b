package ee.supervisor.posix;

import static ee.supervisor.posix.TestChild.output;
import static ee.supervisor.posix.TestChild.shell;
import static ee.supervisor.testing.Requirement.OTHER_USERS;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.testing.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As in a container whose seccomp profile refuses unshare(2). */
class SharedFilesystemTest {
  private static final int NOBODY = 65534;

  @TempDir private Path directory;
  private Spawner spawner;

  @BeforeEach
  void start() throws PosixException {
    spawner = TestChild.startSpawner(SharedFilesystem::new);
  }

  @AfterEach
  void stop() {
    spawner.close();
  }

  private static SpawnRequest in(Path directory, SpawnRequest request) {
    return TestChild.withDirectory(request, directory.toString());
  }

  @Test
  void directoryAndUmaskAreTheChildsOwn() throws Exception {
    Path own = Files.readSymbolicLink(Path.of("/proc/self/cwd"));
    String before = output(spawner, shell("pwd; umask"));
    SpawnRequest request = TestChild.withUmask(in(directory, shell("pwd; umask")), 0137);
    assertThat(output(spawner, request)).isEqualTo(directory.toRealPath() + "\n0137\n");
    assertThat(output(spawner, shell("pwd; umask"))).isEqualTo(before).startsWith(own + "\n");
  }

  @Test
  void aUmaskChangesNeitherArgvNorEnvironment() throws Exception {
    SpawnRequest request =
        TestChild.withUmask(TestChild.request("/usr/bin/env", "env", "-0", "--"), 027);
    assertThat(output(spawner, request)).isEqualTo("PATH=" + TestChild.PATH + "\0");
  }

  @Test
  @Requires(OTHER_USERS)
  void aUsersChildGetsThereToo() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    SpawnRequest request =
        TestChild.withUser(
            TestChild.withUmask(in(directory, shell("pwd; umask; id -u")), 07), NOBODY);
    assertThat(output(spawner, request))
        .isEqualTo(directory.toRealPath() + "\n0007\n" + NOBODY + "\n");
  }

  @Test
  @Requires(OTHER_USERS)
  void aRelativeProgramIsFoundFromTheChildsDirectory() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path program = Files.writeString(directory.resolve("program"), "#!/bin/sh\necho here\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    SpawnRequest request = in(directory, TestChild.request("./program", "./program"));
    assertThat(output(spawner, request)).isEqualTo("here\n");
    assertThat(output(spawner, TestChild.withUser(request, NOBODY))).isEqualTo("here\n");
  }

  @Test
  @Requires(OTHER_USERS)
  void aDirectoryThatCannotBeEnteredIsToldInSupervisorsWords() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    assertComplaint(in(Path.of("/no/such/dir"), shell("true")), "/no/such/dir: ENOENT");
    assertComplaint(in(Path.of("/dev/null"), shell("true")), "/dev/null: ENOTDIR");
    assertComplaint(
        TestChild.withUser(in(directory, shell("true")), NOBODY), directory + ": EACCES");
  }

  private void assertComplaint(SpawnRequest request, String reason) throws Exception {
    try (TestChild child = TestChild.start(spawner, request)) {
      assertThat(child.stderr()).startsWith("supervisor: couldn't chdir to " + reason + "\n");
      assertThat(child.await().exitCode()).isEqualTo(127);
    }
  }
}

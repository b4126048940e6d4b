package ee.supervisor.posix;

import static ee.supervisor.posix.TestChild.request;
import static ee.supervisor.posix.TestChild.shell;
import static ee.supervisor.testing.Requirement.OTHER_USERS;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.posix.ResourceLimit.Resource;
import ee.supervisor.posix.SpawnResult.Failed;
import ee.supervisor.posix.SpawnResult.Step;
import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be spawned ends as with Supervisor: texts and exit status were read off it. */
class SpawnComplaintsTest {
  private static final int NOBODY = 65534;
  private static final int NO_SUCH_UID = 54321;

  @TempDir private Path directory;
  private Spawner spawner;

  @BeforeEach
  void start() throws PosixException {
    spawner = TestChild.startSpawner();
  }

  @AfterEach
  void stop() {
    spawner.close();
  }

  private void assertComplaint(SpawnRequest request, String complaint) throws Exception {
    try (TestChild child = TestChild.start(spawner, request)) {
      assertThat(child.stderr())
          .isEqualTo("supervisor: " + complaint + "\nsupervisor: child process was not spawned\n");
      assertThat(child.await().describe()).isEqualTo("exit status 127");
    }
  }

  private String executable(String name, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }

  @Test
  void aMissingDirectory() throws Exception {
    assertComplaint(
        TestChild.withDirectory(shell("true"), "/no/such/dir"),
        "couldn't chdir to /no/such/dir: ENOENT");
  }

  @Test
  void aComplaintGoesToStdoutWhereStderrIsRedirected() throws Exception {
    SpawnRequest request =
        TestChild.withStderrRedirected(TestChild.withDirectory(shell("true"), "/dev/null"));
    try (TestChild child = TestChild.start(spawner, request)) {
      assertThat(child.stdout()).startsWith("supervisor: couldn't chdir to /dev/null: ENOTDIR\n");
    }
  }

  @Test
  void aFileThatIsNoProgram() throws Exception {
    String junk = executable("junk", "junk\n");
    assertComplaint(request(junk, "junk", "x"), "couldn't exec junk: ENOEXEC");
  }

  @Test
  void aScriptWhoseInterpreterIsMissing() throws Exception {
    String script = executable("script", "#!/no/such/interpreter\n");
    assertComplaint(request(script, script), "couldn't exec " + script + ": ENOENT");
  }

  @Test
  void anEnvironmentThatIsTooLarge() throws Exception {
    SpawnRequest request =
        TestChild.withEnvironment(shell("true"), own -> Map.of("X", "y".repeat(140_000)));
    assertComplaint(request, "couldn't exec sh: E2BIG");
  }

  @Test
  @Requires(OTHER_USERS)
  void aDirectoryThatTheUserMayNotEnter() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    assertComplaint(
        TestChild.withUser(TestChild.withDirectory(shell("true"), directory.toString()), NOBODY),
        "couldn't chdir to " + directory + ": EACCES");
  }

  @Test
  @Requires(OTHER_USERS)
  void aProgramThatTheUserMayNotExecute() throws Exception {
    String program = executable("program", "#!/bin/sh\n");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    assertComplaint(
        TestChild.withUser(request(program, program), NOBODY),
        "couldn't exec " + program + ": EACCES");
  }

  @Test
  @Requires(OTHER_USERS)
  void aUsersFileThatIsNoProgram() throws Exception {
    String junk = executable("junk", "junk\n");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertComplaint(
        TestChild.withUser(request(junk, junk), NOBODY), "couldn't exec " + junk + ": ENOEXEC");
  }

  @Test
  @Requires(OTHER_USERS)
  void aUsersScriptWhoseInterpreterIsMissing() throws Exception {
    String script = executable("script", "#! /no/such/interpreter -x\n");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertComplaint(
        TestChild.withUser(request(script, script), NOBODY),
        "couldn't exec " + script + ": ENOENT");
  }

  @Test
  @Requires(OTHER_USERS)
  void aUserThatIsGone() throws Exception {
    assertComplaint(
        TestChild.withUser(shell("true"), NO_SUCH_UID),
        "couldn't setuid to 54321: Can't find uid 54321");
  }

  @Test
  @Requires(OTHER_USERS)
  void aFailureLeavesTheNextChildAlone() throws Exception {
    assertComplaint(
        TestChild.withUser(TestChild.withDirectory(shell("true"), "/no/such/dir"), NOBODY),
        "couldn't chdir to /no/such/dir: ENOENT");
    String own = Files.readSymbolicLink(Path.of("/proc/self/cwd")).toString();
    assertThat(TestChild.output(spawner, shell("pwd; id -u"))).isEqualTo(own + "\n0\n");
  }

  @Test
  void lackOfDescriptorsIsAFailureThatKeepsNone() throws Exception {
    TestChild.output(spawner, shell("true"));
    // Made before, for a class cannot be loaded without a descriptor.
    Failed expected = new Failed(Step.PIPES, new PosixException("pipe2()", Errno.EMFILE).errno());
    ResourceLimit usual = CurrentProcess.limit(Resource.NOFILE);
    int[] open = OpenDescriptors.numbers();
    SpawnResult result;
    CurrentProcess.setLimit(Resource.NOFILE, new ResourceLimit(3, usual.hard()));
    try {
      result = TestChild.result(spawner, shell("true"));
    } finally {
      CurrentProcess.setLimit(Resource.NOFILE, usual);
    }
    assertThat(result).isEqualTo(expected);
    assertThat(OpenDescriptors.numbers()).hasSameSizeAs(open);
  }
}

package ee.supervisor.posix;

import static ee.supervisor.posix.TestChild.output;
import static ee.supervisor.posix.TestChild.request;
import static ee.supervisor.posix.TestChild.shell;
import static ee.supervisor.testing.Requirement.OTHER_USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.testing.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpawnerTest {
  private static final int NOBODY = 65534;

  private Spawner spawner;

  @BeforeEach
  void start() throws PosixException {
    spawner = Spawner.start();
  }

  @AfterEach
  void stop() {
    spawner.close();
  }

  @Test
  void whatIsWrittenToStdinComesBackFromCat() throws Exception {
    try (TestChild cat = TestChild.start(spawner, request("/bin/cat", "cat"))) {
      cat.write("hello\n");
      cat.ends().stdin().orElseThrow().close();
      assertThat(cat.stdout()).isEqualTo("hello\n");
      assertThat(cat.await().exitCode()).isZero();
    }
  }

  @Test
  void stdoutAndStderrAreTwoPipes() throws Exception {
    try (TestChild child = TestChild.start(spawner, shell("echo out; echo err >&2"))) {
      assertThat(child.stdout()).isEqualTo("out\n");
      assertThat(child.stderr()).isEqualTo("err\n");
    }
  }

  @Test
  void redirectedStderrComesOutOfStdoutInOrder() throws Exception {
    SpawnRequest request =
        TestChild.withStderrRedirected(shell("echo one; echo two >&2; echo three"));
    try (TestChild child = TestChild.start(spawner, request)) {
      assertThat(child.ends().stderr()).isEmpty();
      assertThat(child.stdout()).isEqualTo("one\ntwo\nthree\n");
    }
  }

  @Test
  void aGivenStdinIsReadByTheChildAndStaysOpenHere() throws Exception {
    try (Pipe pipe = Kernel.pipe()) {
      SpawnRequest request = TestChild.withStdin(shell("readlink /proc/$$/fd/0"), pipe.readEnd());
      try (TestChild child = TestChild.start(spawner, request)) {
        assertThat(child.ends().stdin()).isEmpty();
        assertThat(child.stdout().strip())
            .isEqualTo(
                Files.readSymbolicLink(Path.of("/proc/self/fd/" + pipe.readEnd().number()))
                    .toString());
        assertThat(pipe.readEnd().isOpen()).isTrue();
      }
    }
  }

  @Test
  void aChildHasNothingOpenButItsThreePipes() throws Exception {
    // 3 is what ls reads the directory through.
    assertThat(output(spawner, request("/bin/ls", "ls", "/proc/self/fd")).lines())
        .containsExactly("0", "1", "2", "3");
  }

  @Test
  void aChildBlocksAndIgnoresNoSignal() throws Exception {
    String status = output(spawner, request("/bin/cat", "cat", "/proc/self/status"));
    assertThat(status.lines()).contains("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000");
  }

  @Test
  void aChildLeadsItsOwnProcessGroup() throws Exception {
    try (TestChild child = TestChild.start(spawner, shell("cut -d' ' -f5 /proc/$$/stat"))) {
      assertThat(child.stdout().strip()).isEqualTo(Integer.toString(child.pid()));
    }
  }

  @Test
  void directoryAndUmaskAreTheChildsOwn(@TempDir Path directory) throws Exception {
    Path own = Files.readSymbolicLink(Path.of("/proc/self/cwd"));
    SpawnRequest plain = shell("pwd; umask");
    String before = output(spawner, plain);
    String changed =
        output(
            spawner,
            TestChild.withUmask(TestChild.withDirectory(plain, directory.toString()), 0137));
    assertThat(changed).isEqualTo(directory.toRealPath() + "\n0137\n");
    assertThat(output(spawner, plain)).isEqualTo(before).startsWith(own + "\n");
    assertThat(Files.readSymbolicLink(Path.of("/proc/self/cwd"))).isEqualTo(own);
  }

  @Test
  void aRelativeDirectoryStartsFromSupervisordsOwn() throws Exception {
    String own = output(spawner, shell("pwd")).strip();
    output(spawner, TestChild.withDirectory(shell("pwd"), "/usr"));
    assertThat(output(spawner, TestChild.withDirectory(shell("pwd"), "..")).strip())
        .isEqualTo(Path.of(own).getParent().toString());
  }

  @Test
  void theEnvironmentIsWhatWasAskedForAndNothingElse() throws Exception {
    SpawnRequest request =
        TestChild.withEnvironment(
            request("/usr/bin/env", "env"), inherited -> Map.of("A", "1=2", "Grüße", "ä b"));
    assertThat(output(spawner, request).lines()).containsExactlyInAnyOrder("A=1=2", "Grüße=ä b");
  }

  @Test
  void argvIsHandedOnAsItIs() throws Exception {
    SpawnRequest request =
        request("/bin/sh", "myname", "-c", "echo $0; tr '\\0' '|' < /proc/$$/cmdline", "a b", "");
    assertThat(output(spawner, request)).startsWith("a b\nmyname|-c|").endsWith("|a b||");
  }

  @Test
  @Requires(OTHER_USERS)
  void aUsersChildHasThatUsersIdsAndGroups() throws Exception {
    SpawnRequest request =
        TestChild.withUser(shell("grep -E '^(Uid|Gid|Groups)' /proc/$$/status"), NOBODY);
    assertThat(output(spawner, request).lines().map(String::strip))
        .containsExactly(
            "Uid:\t65534\t65534\t65534\t65534",
            "Gid:\t65534\t65534\t65534\t65534",
            "Groups:\t65534");
  }

  @Test
  @Requires(OTHER_USERS)
  void aUsersChildKeepsItsArgvEnvironmentAndSignals() throws Exception {
    // exec, because a shell blocks signals while it starts a command.
    SpawnRequest request =
        TestChild.withUser(
            request(
                "/bin/sh",
                "sh",
                "-c",
                "tr '\\0' '|' < /proc/$$/cmdline; env; "
                    + "exec grep -E 'SigBlk|SigIgn' /proc/self/status",
                "--",
                "-x"),
            NOBODY);
    assertThat(output(spawner, request))
        .startsWith("sh|-c|")
        .contains("|--|-x|", "PATH=" + TestChild.PATH)
        .contains("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
  }

  @Test
  @Requires(OTHER_USERS)
  void whatSteersTheDynamicLoaderReachesTheUsersProgramAlone(@TempDir Path directory)
      throws Exception {
    // ld.so writes its list of libraries to a file for each program that it starts.
    directory.toFile().setWritable(true, false);
    directory.toFile().setExecutable(true, false);
    Path trace = directory.resolve("trace");
    SpawnRequest request =
        TestChild.withUser(
            TestChild.withEnvironment(
                request("/bin/true", "true"),
                environment -> {
                  Map<String, String> more = new TreeMap<>(environment);
                  more.put("LD_DEBUG", "files");
                  more.put("LD_DEBUG_OUTPUT", trace.toString());
                  return more;
                }),
            NOBODY);
    try (TestChild child = TestChild.start(spawner, request)) {
      int pid = child.pid();
      assertThat(child.await().describe()).isEqualTo("exit status 0");
      List<String> programs =
          Files.readAllLines(Path.of(trace + "." + pid)).stream()
              .filter(line -> line.contains("initialize program: "))
              .map(line -> line.replaceAll(".*program: ", ""))
              .toList();
      assertThat(programs).containsExactly("true");
    }
  }

  @Test
  @Requires(OTHER_USERS)
  void theJvmCanStillBeDebuggedAfterChildrenOfOtherUsers() throws Exception {
    output(spawner, TestChild.withUser(shell("true"), NOBODY));
    assertThat(Files.getOwner(Path.of("/proc/self/environ")).getName()).isEqualTo("root");
    assertThat(LibC.prctl(3, 0)).as("PR_GET_DUMPABLE").isEqualTo(1);
  }

  @Test
  void fiveHundredChildrenLeaveNoDescriptorAndNoZombie() throws Exception {
    output(spawner, shell("true"));
    int before = OpenDescriptors.numbers().length;
    for (int i = 0; i < 500; i++) {
      try (TestChild child = TestChild.start(spawner, request("/bin/true", "true"))) {
        assertThat(child.await().exitCode()).isZero();
      }
    }
    assertThat(OpenDescriptors.numbers().length).isEqualTo(before);
    assertThat(ProcessHandle.current().children().toList()).isEmpty();
  }

  @Test
  void aReapedChildCannotBeSignalled() throws Exception {
    try (TestChild child = TestChild.start(spawner, request("/bin/true", "true"))) {
      child.await();
      assertThatThrownBy(() -> child.ends().process().send(Signals.SIGTERM))
          .isInstanceOf(PosixException.class)
          .hasMessage("pidfd_send_signal(%d, SIGTERM): ESRCH", child.pid());
    }
  }
}

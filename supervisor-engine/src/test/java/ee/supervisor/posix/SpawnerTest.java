package ee.supervisor.posix;

import static ee.supervisor.posix.TestChild.output;
import static ee.supervisor.posix.TestChild.request;
import static ee.supervisor.posix.TestChild.shell;
import static ee.supervisor.testing.Requirement.OTHER_USERS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.guard.Guard;
import ee.supervisor.protocol.Signals;
import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpawnerTest {
  private static final int NOBODY = 65534;

  private Spawner spawner;

  @BeforeEach
  void start() throws PosixException {
    spawner = TestChild.startSpawner();
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
  void aChildThatWasMadeReadyIsMadeOfThat() throws Exception {
    Preparation ready = spawner.prepare(() -> shell("echo ready"));
    CompletableFuture<SpawnResult> result = new CompletableFuture<>();

    spawner.spawn(ready, () -> shell("echo ordered"), Runnable::run, result::complete);

    assertThat(printed(result)).isEqualTo("ready\n");
  }

  @Test
  void whatCouldNotBeMadeReadyIsMadeAsOrdered() throws Exception {
    Preparation ready =
        spawner.prepare(
            () -> {
              throw new IOException("not yet");
            });
    CompletableFuture<SpawnResult> result = new CompletableFuture<>();

    spawner.spawn(ready, () -> shell("echo ordered"), Runnable::run, result::complete);

    assertThat(printed(result)).isEqualTo("ordered\n");
  }

  private String printed(CompletableFuture<SpawnResult> result) throws Exception {
    SpawnResult made = result.get(20, SECONDS);
    try (TestChild child = new TestChild(spawner, (SpawnResult.Spawned) made)) {
      String printed = child.stdout();
      child.await();
      return printed;
    }
  }

  @Test
  void whatWasMadeReadyAndIsNotWantedIsClosed() throws Exception {
    long before = pipes();
    Preparation unwanted = spawner.prepare(() -> shell("echo ready"));
    spawner.discard(unwanted);
    spawner.call(() -> null).toCompletableFuture().get(20, SECONDS);

    assertThat(pipes()).isEqualTo(before);
    assertThat(unwanted.take()).isEmpty();
  }

  @Test
  void whatIsReadyTooLateIsClosed() throws Exception {
    long before = pipes();
    Preparation late = new Preparation();
    assertThat(late.take()).isEmpty();

    SpawnRequest request = shell("echo late");
    late.complete(new Preparation.ReadyChild(request, ChildPipes.open(request)));

    assertThat(pipes()).isEqualTo(before);
  }

  /** How many ends of pipes this process holds. */
  private static long pipes() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(SpawnerTest::isPipe).count();
    }
  }

  private static boolean isPipe(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
    } catch (IOException e) {
      // that of the list itself
      return false;
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

  @Test
  void anOrderThatHangsHoldsUpNobodyElse() throws Exception {
    CountDownLatch fileSystem = new CountDownLatch(1);
    CompletableFuture<SpawnResult> hanging = new CompletableFuture<>();
    CompletableFuture<SpawnResult> next = new CompletableFuture<>();
    spawner.spawn(
        () -> {
          awaitQuietly(fileSystem);
          return request("/bin/true", "true");
        },
        Runnable::run,
        hanging::complete);
    spawner.spawn(() -> request("/bin/true", "true"), Runnable::run, next::complete);

    await()
        .until(
            () -> {
              spawner.help();
              return next.isDone();
            });
    assertThat(hanging).isNotDone();
    fileSystem.countDown();

    for (CompletableFuture<SpawnResult> each : List.of(hanging, next)) {
      SpawnResult.Spawned child = (SpawnResult.Spawned) each.get(20, SECONDS);
      spawner.discard(child);
    }
    await().until(() -> spawner.children().alive().isEmpty());
    await().until(() -> threads() == 1);
  }

  @Test
  void anOrderThatCannotBeWorkedOutIsAnswered() throws Exception {
    for (Throwable thrown :
        List.of(new IOException("no"), new OutOfMemoryError("no"), new StackOverflowError("no"))) {
      CompletableFuture<SpawnResult> result = new CompletableFuture<>();
      Spawner patient = Spawner.start(ChildPlace::open, spawner.children(), new Guard(text -> {}));
      try {
        patient.spawn(
            () -> {
              throw SpawnerTest.<RuntimeException>unchecked(thrown);
            },
            Runnable::run,
            result::complete);

        assertThat(result.get(20, SECONDS)).isInstanceOf(SpawnResult.Unordered.class);
        assertThat(output(patient, shell("echo on"))).isEqualTo("on\n");
      } finally {
        patient.close();
      }
    }
  }

  @Test
  void anErrorOnTheWayToAChildLeavesNoDescriptor() throws Exception {
    Spawner faulty = Spawner.start(FaultyPlace::new, spawner.children(), new Guard(text -> {}));
    try {
      TestChild.result(faulty, shell("true"));
      int before = OpenDescriptors.numbers().length;
      for (int i = 0; i < 10; i++) {
        assertThat(TestChild.result(faulty, shell("true")))
            .isEqualTo(new SpawnResult.Failed(SpawnResult.Step.FORK, Errno.ENOMEM));
      }
      await().until(() -> OpenDescriptors.numbers().length <= before);
    } finally {
      faulty.close();
    }
  }

  /** Runs out of memory once the pipes are open. */
  private static final class FaultyPlace implements ChildPlace {
    @Override
    public void goHome() {}

    @Override
    public void enter(Optional<Path> directory) {}

    @Override
    public String pathOf(String file) {
      return file;
    }

    @Override
    public void addTo(SpawnFileActions actions) {
      throw new OutOfMemoryError("injected");
    }

    @Override
    public Program withUmask(Program program, int umask) {
      return program;
    }

    @Override
    public void close() {}
  }

  @Test
  void aChildThatNobodyCanBeToldOfIsKilled() throws Exception {
    Spawner lonely =
        Spawner.start(
            ChildPlace::open, Children.open(true, new Guard(text -> {})), new Guard(text -> {}));
    try {
      CountDownLatch refused = new CountDownLatch(1);
      lonely.spawn(
          () -> request("/bin/cat", "cat"),
          task -> {
            refused.countDown();
            throw new RejectedExecutionException("the loop has ended");
          },
          result -> {});

      assertThat(refused.await(20, SECONDS)).isTrue();
      await().until(() -> lonely.children().alive().isEmpty());
      await().until(() -> ProcessHandle.current().children().toList().isEmpty());
    } finally {
      lonely.close();
    }
  }

  @Test
  void filesAreLookedAtFromSupervisordsDirectoryWhereverTheLastChildRan() throws Exception {
    output(spawner, TestChild.withDirectory(shell("pwd"), "/"));

    assertThat(spawner.call(() -> Kernel.status("pom.xml")).toCompletableFuture().get(20, SECONDS))
        .isPresent();
  }

  @Test
  void nothingIsStartedOnceItIsClosed() throws Exception {
    Spawner closed = TestChild.startSpawner();
    CountDownLatch before = new CountDownLatch(1);
    closed.call(() -> before.await(20, SECONDS));
    CompletableFuture<SpawnResult> result = new CompletableFuture<>();
    closed.spawn(() -> request("/bin/cat", "cat"), Runnable::run, result::complete);
    closed.close();
    before.countDown();

    assertThat(result.get(20, SECONDS)).isInstanceOf(SpawnResult.Failed.class);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("supervisor-spawner"))
        .count();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }
}

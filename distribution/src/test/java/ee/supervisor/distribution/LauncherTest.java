package ee.supervisor.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/supervisord} as an operator meets it. */
class LauncherTest {
  private static final String SLEEPER =
      """
      [program:sleeper]
      command = /bin/sh -c 'echo $$ > %(here)s/sleeper.pid; exec sleep 600'
      """;

  /** Says that it runs, and does not stop when it is told to: it is killed after three seconds. */
  private static final String STUBBORN =
      """
      [program:stubborn]
      command = /bin/sh -c 'trap "" TERM; touch %(here)s/stubborn.runs; while :; do sleep 1; done'
      stopwaitsecs = 3
      """;

  private static final String RPC_INTERFACE =
      "[rpcinterface:more]\nsupervisor.rpcinterface_factory = ";

  @TempDir private Path directory;
  private Tree tree;

  @BeforeEach
  void make() throws IOException {
    tree = new Tree(directory);
  }

  @AfterEach
  void endWhatStillRuns() throws IOException {
    tree.close();
  }

  @Test
  void theVersionIsThatOfTheSupervisorItIsCompatibleWith() throws Exception {
    assertThat(tree.run("-v")).isZero();
    assertThat(tree.text("console")).isEqualTo("4.3.0\n");
  }

  @Test
  void anUnknownOptionIsAnError() throws Exception {
    assertThat(tree.run("--bogus")).isEqualTo(2);
    assertThat(tree.text("console"))
        .startsWith("Error: option --bogus not recognized\nFor help, use ")
        .endsWith("/bin/supervisord -h\n");
  }

  @Test
  void aBadConfigurationIsToldAndNothingStarts() throws Exception {
    Files.writeString(tree.file("bad.conf"), "[program:x]\ncommand=/bin/cat\n");

    assertThat(tree.run("-n", "-c", "bad.conf")).isEqualTo(2);

    assertThat(tree.text("console"))
        .startsWith("Error: .ini file does not include supervisord section\nFor help, use ");
  }

  @Test
  void thePortOfAnotherProgramIsToldBeforeAnyChildStarts() throws Exception {
    tree.configure(SLEEPER);
    try (ServerSocket other = new ServerSocket(tree.port(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(tree.run("-n", "-c", "supervisord.conf")).isEqualTo(2);
      assertThat(other.isBound()).isTrue();
    }
    assertThat(tree.text("console"))
        .contains(
            "Error: Another program is already listening on a port that one of our HTTP servers is"
                + " configured to use.  Shut this program down first before starting supervisord.");
    assertThat(tree.file("sleeper.pid")).doesNotExist();
    assertThat(tree.file("supervisord.pid")).doesNotExist();
  }

  @Test
  void theProcessThatWasStartedIsSupervisordAndLeavesNothingBehind() throws Exception {
    tree.configure(SLEEPER);
    Process supervisord = tree.startAndAwait();

    assertThat(tree.pid()).isEqualTo(supervisord.pid());
    assertThat(tree.call("supervisor.getPID")).contains("<int>" + supervisord.pid() + "</int>");
    assertThat(tree.call("supervisor.getProcessInfo", "sleeper"))
        .contains(tree.text("sleeper.pid").strip());

    Path payaras = payaraDirectory(supervisord.pid()).orElseThrow();
    tree.call("supervisor.shutdown");
    assertThat(Tree.exitCode(supervisord)).isZero();
    assertThat(tree.file("supervisord.pid")).doesNotExist();
    assertThat(Path.of("/proc", tree.text("sleeper.pid").strip())).doesNotExist();
    assertThat(payaras).doesNotExist();
  }

  /** Java's does so unless it is told not to. */
  @Test
  void aClientThatAsksForHttp2IsAnswered() throws Exception {
    tree.configure(SLEEPER);
    tree.startAndAwait();
    assertThat(tree.call(HttpClient.newHttpClient(), "supervisor.getState")).contains("RUNNING");
  }

  @Test
  void quitEndsItAsTermDoes() throws Exception {
    tree.configure(SLEEPER);
    Process supervisord = tree.startAndAwait();

    Tree.signal(supervisord.pid(), "QUIT");

    assertThat(Tree.exitCode(supervisord)).isZero();
    assertThat(tree.text("supervisord.log"))
        .contains("WARN received SIGQUIT indicating exit request");
  }

  /** Long before it is told what to do about signals, the JVM would print its threads for this. */
  @Test
  void quitIsObeyedHoweverEarlyItComes() throws Exception {
    tree.configure(SLEEPER);
    Process supervisord = tree.start("-n", "-c", "supervisord.conf");
    Path proc = Path.of("/proc", Long.toString(supervisord.pid()));
    await()
        .pollInterval(Duration.ofMillis(1))
        .atMost(Tree.PATIENCE)
        .until(
            () ->
                proc.resolve("exe").toRealPath().endsWith("java")
                    && Files.readString(proc.resolve("comm")).equals("supervisord\n"));

    Tree.signal(supervisord.pid(), "QUIT");

    assertThat(Tree.exitCode(supervisord)).isZero();
    assertThat(tree.text("console")).doesNotContain("thread dump");
    assertThat(tree.file("supervisord.pid")).doesNotExist();
  }

  /** While the doors are being opened: that these cannot be any more is no error. */
  @RepeatedTest(5)
  void anEndThatIsAskedForAsTheDoorsOpenIsInOrder() throws Exception {
    tree.configure(
        """
        [program:ends]
        command = /bin/sh -c 'kill -TERM $PPID; exec sleep 600'
        """);
    assertThat(tree.run("-n", "-c", "supervisord.conf")).isZero();
    assertThat(tree.text("supervisord.log")).doesNotContain("cannot go on", "Cannot serve");
    assertThat(tree.file("supervisord.pid")).doesNotExist();
  }

  @Test
  void theOneFileBecomesSupervisordInTheSameProcess() throws Exception {
    tree.configure(SLEEPER);
    Process supervisord = tree.startBundleAndAwait();

    assertThat(tree.pid()).isEqualTo(supervisord.pid());
    assertThat(tree.file("cache/supervisord")).isDirectory();
  }

  @Test
  void whileChildrenStopTheDoorsStillAnswer() throws Exception {
    tree.configure(STUBBORN);
    Process supervisord = tree.startAndAwait();
    await().atMost(Tree.PATIENCE).until(() -> Files.exists(tree.file("stubborn.runs")));

    Tree.signal(supervisord.pid(), "TERM");
    await()
        .atMost(Tree.PATIENCE)
        .until(() -> tree.text("supervisord.log").contains("waiting for stubborn to die"));

    assertThat(tree.call("supervisor.getProcessInfo", "stubborn")).contains("SHUTDOWN_STATE");
    assertThat(Tree.exitCode(supervisord)).isZero();
    assertThat(tree.text("supervisord.log"))
        .contains("WARN received SIGTERM indicating exit request")
        .contains("WARN killing 'stubborn'");
  }

  @Test
  void hangupStartsTheProgramsAnewInTheSameProcess() throws Exception {
    tree.configure(SLEEPER);
    Process supervisord = tree.startAndAwait();
    String first = tree.text("sleeper.pid");

    Tree.signal(supervisord.pid(), "HUP");

    await().atMost(Tree.PATIENCE).until(() -> !tree.text("sleeper.pid").equals(first));
    assertThat(tree.call("supervisor.getPID")).contains("<int>" + supervisord.pid() + "</int>");
    assertThat(tree.text("supervisord.log"))
        .contains("WARN received SIGHUP indicating restart request");
  }

  @Test
  void aRestartMovesTheDoorToTheNewPort() throws Exception {
    tree.configure(SLEEPER);
    Process supervisord = tree.startAndAwait();
    Tree elsewhere = new Tree(directory);
    elsewhere.configure(SLEEPER);

    Tree.signal(supervisord.pid(), "HUP");

    await()
        .atMost(Tree.PATIENCE)
        .ignoreExceptions()
        .until(() -> elsewhere.call("supervisor.getState").contains("RUNNING"));
    assertThat(Sockets.listeningPorts(supervisord.pid())).containsExactly(elsewhere.port());
  }

  @Test
  void aRestartTakesTheNewLogWithItsLevel() throws Exception {
    tree.configure(SLEEPER);
    Process supervisord = tree.startAndAwait();
    String first = tree.text("sleeper.pid");
    Files.writeString(
        tree.file("supervisord.conf"),
        tree.text("supervisord.conf")
            .replace("supervisord.log", "next.log\nloglevel = warn\nsilent = true"));

    Tree.signal(supervisord.pid(), "HUP");
    await().atMost(Tree.PATIENCE).until(() -> !tree.text("sleeper.pid").equals(first));
    Tree.signal(supervisord.pid(), "TERM");

    assertThat(Tree.exitCode(supervisord)).isZero();
    assertThat(tree.text("supervisord.log"))
        .contains("WARN received SIGHUP indicating restart request")
        .doesNotContain("received SIGTERM");
    assertThat(tree.text("next.log"))
        .contains("WARN received SIGTERM indicating exit request")
        .doesNotContain("INFO");
    assertThat(tree.text("console")).contains("SIGHUP").doesNotContain("received SIGTERM");
  }

  @Test
  void aRestartWithAMistakeInTheConfigurationEndsIt() throws Exception {
    tree.configure(SLEEPER);
    Process supervisord = tree.startAndAwait();
    Files.writeString(
        tree.file("supervisord.conf"),
        tree.text("supervisord.conf").replace("childlogdir", "minfds = many\nchildlogdir"));

    Tree.signal(supervisord.pid(), "HUP");

    assertThat(Tree.exitCode(supervisord)).isEqualTo(2);
    assertThat(tree.text("console")).contains("many").doesNotContain("Exception");
    assertThat(tree.file("supervisord.pid")).doesNotExist();
    assertThat(Path.of("/proc", tree.text("sleeper.pid").strip())).doesNotExist();
  }

  @Test
  void anRpcInterfaceThatIsNotThereIsToldBeforeAnyChildStarts() throws Exception {
    tree.configure(SLEEPER + RPC_INTERFACE + "nosuch:factory\n");

    assertThat(tree.run("-n", "-c", "supervisord.conf")).isEqualTo(2);

    assertThat(tree.text("console"))
        .startsWith("Error: nosuch:factory cannot be resolved within [rpcinterface:more]\n");
    assertThat(tree.file("sleeper.pid")).doesNotExist();
  }

  @Test
  void anRpcInterfaceThatCannotBeMadeIsToldBeforeAnyChildStarts() throws Exception {
    // an interface has no constructor
    tree.configure(SLEEPER + RPC_INTERFACE + "ee.supervisor.rpc.RpcInterfaceFactory\n");

    assertThat(tree.run("-n", "-c", "supervisord.conf")).isEqualTo(2);

    assertThat(tree.text("console")).contains("Error: Could not make more rpc interface\n");
    assertThat(tree.text("supervisord.log")).contains("WARN [rpcinterface:more]");
    assertThat(tree.file("sleeper.pid")).doesNotExist();
    assertThat(tree.file("supervisord.pid")).doesNotExist();
  }

  @Test
  void theDaemonAnswersWhenTheCommandReturns() throws Exception {
    tree.configure(SLEEPER);

    assertThat(tree.run("-c", "supervisord.conf")).isZero();

    assertThat(tree.call("supervisor.getState")).contains("RUNNING");
    assertThat(tree.text("console")).isEmpty();
    long pid = tree.pid();
    List<String> stat =
        List.of(Files.readString(Path.of("/proc", Long.toString(pid), "stat")).split(" "));
    assertThat(stat.get(5)).as("its session").isEqualTo(Long.toString(pid));
    assertThat(Path.of("/proc", Long.toString(pid), "fd/2").toRealPath()).hasToString("/dev/null");

    Tree.signal(pid, "INT");
    await().atMost(Tree.PATIENCE).until(() -> ProcessHandle.of(pid).isEmpty());
    assertThat(tree.file("supervisord.pid")).doesNotExist();
  }

  @Test
  void aDaemonThatCannotStartTellsWhy() throws Exception {
    tree.configure(SLEEPER);
    try (ServerSocket other = new ServerSocket(tree.port(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(tree.run("-c", "supervisord.conf")).isEqualTo(2);
      assertThat(other.isBound()).isTrue();
    }
    assertThat(tree.text("console")).startsWith("Error: Another program is already listening");
  }

  /** While Payara writes there. */
  @Test
  void endedAmidPayarasBootItLeavesNothingBehind() throws Exception {
    tree.configure(SLEEPER);
    for (int i = 0; i < 5; i++) {
      Process supervisord = tree.start("-n", "-c", "supervisord.conf");
      await()
          .atMost(Tree.PATIENCE)
          .until(() -> payaraDirectory(supervisord.pid()).filter(Files::exists).isPresent());
      Path payaras = payaraDirectory(supervisord.pid()).orElseThrow();

      Tree.signal(supervisord.pid(), "TERM");

      assertThat(Tree.exitCode(supervisord)).isZero();
      try (Stream<Path> siblings = Files.list(payaras.getParent())) {
        assertThat(siblings)
            .noneMatch(
                path -> path.getFileName().toString().startsWith(payaras.getFileName().toString()));
      }
      assertThat(tree.text("supervisord.log")).doesNotContain("CRIT Payara");
    }
  }

  @Test
  void quitEndsTheDaemonToo() throws Exception {
    tree.configure(SLEEPER);
    assertThat(tree.run("-c", "supervisord.conf")).isZero();
    long pid = tree.pid();

    Tree.signal(pid, "QUIT");

    await().atMost(Tree.PATIENCE).until(() -> ProcessHandle.of(pid).isEmpty());
    assertThat(tree.text("supervisord.log"))
        .contains("WARN received SIGQUIT indicating exit request");
  }

  /** Agents, -Xlog and interfaces of third parties may write what they like. */
  @Test
  void theDaemonIsReadyWhateverElseItWrites() throws Exception {
    tree.configure(SLEEPER);
    Process command =
        tree.startBy(
            List.of("env", "SUPERVISORD_JAVA_OPTS=-Xlog:gc*=info:stdout"),
            "-c",
            "supervisord.conf");
    assertThat(Tree.exitCode(command)).isZero();
    assertThat(tree.call("supervisor.getState")).contains("RUNNING");
  }

  @Test
  void aDaemonThatIsKilledBeforeItIsReadyIsToldByTheCommand() throws Exception {
    tree.configure(
        """
        [program:killer]
        command = /bin/sh -c 'kill -KILL $PPID'
        """);
    assertThat(tree.run("-c", "supervisord.conf")).isEqualTo(2);
    assertThat(tree.text("console"))
        .startsWith("Error: supervisord ended before it was ready: terminated by SIGKILL\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofTwoOnOneConfigurationTheSecondIsTold(boolean withServer) throws Exception {
    if (withServer) {
      tree.configure(SLEEPER);
    } else {
      tree.configureWithoutServer(SLEEPER);
    }
    Process one = tree.start("-n", "-c", "supervisord.conf");
    Process other = tree.start("-n", "-c", tree.file("supervisord.conf").toString());

    CompletableFuture.anyOf(one.onExit(), other.onExit())
        .get(Tree.PATIENCE.toSeconds(), TimeUnit.SECONDS);

    boolean oneRuns = one.isAlive();
    Process running = oneRuns ? one : other;
    assertThat(Tree.exitCode(oneRuns ? other : one)).isEqualTo(2);
    assertThat(tree.console(oneRuns ? 1 : 0))
        .contains(
            withServer
                ? "Error: Another program is already listening on a port"
                : "Error: another supervisord runs on this configuration");
    await().atMost(Tree.PATIENCE).until(() -> !tree.text("supervisord.pid").isEmpty());
    assertThat(tree.pid()).isEqualTo(running.pid());
    Tree.signal(running.pid(), "TERM");
    assertThat(Tree.exitCode(running)).isZero();
    assertThat(tree.file("supervisord.pid")).doesNotExist();
  }

  /** By the lock that it holds in there. */
  private static Optional<Path> payaraDirectory(long pid) throws IOException {
    Path descriptors = Path.of("/proc", Long.toString(pid), "fd");
    List<Path> links;
    try (Stream<Path> listing = Files.list(descriptors)) {
      links = listing.toList();
    }
    for (Path link : links) {
      if (Files.isSymbolicLink(link)) {
        Path target = Files.readSymbolicLink(link);
        if (target.endsWith("lock") && target.toString().contains("/supervisord-payara.")) {
          return Optional.of(target.getParent());
        }
      }
    }
    return Optional.empty();
  }
}

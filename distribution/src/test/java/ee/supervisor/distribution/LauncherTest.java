package ee.supervisor.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    tree.call("supervisor.shutdown");
    assertThat(Tree.exitCode(supervisord)).isZero();
    assertThat(tree.file("supervisord.pid")).doesNotExist();
    assertThat(Path.of("/proc", tree.text("sleeper.pid").strip())).doesNotExist();
    assertThat(payaraDirectories(supervisord.pid())).isEmpty();
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

  private static List<Path> payaraDirectories(long pid) throws IOException {
    String name = "supervisord-payara-" + pid;
    return Stream.of(Path.of("/run"), Path.of(System.getProperty("java.io.tmpdir")))
        .map(parent -> parent.resolve(name))
        .filter(Files::exists)
        .toList();
  }
}

package ee.supervisor.distribution;

import static ee.supervisor.testing.Requirement.BASH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.testing.Requires;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where output goes that is no terminal: sockets, full disks, pipes that nobody reads. */
class OutputPlacesTest {
  private static final String TALKER =
      """
      [program:talk]
      command = /bin/sh -c 'echo something was said; exec sleep 600'
      stdout_logfile = %s
      stdout_logfile_maxbytes = 5
      """;

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
  @Requires(BASH)
  void aSocketGetsTheOutputOfProgramsAndTheLog() throws Exception {
    tree.configureWithoutServer(TALKER.formatted("/dev/stdout"));
    try (ServerSocket journal = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // bash opens that path itself, as a connection
      tree.startAfter(
          "exec bash -c 'exec >/dev/tcp/127.0.0.1/%d; exec \"$@\"' bash \"$@\""
              .formatted(journal.getLocalPort()),
          "-n",
          "-s",
          "-c",
          "supervisord.conf",
          "-l",
          "/dev/stdout");
      try (Socket connection = journal.accept();
          BufferedReader reader =
              new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8))) {
        boolean logged = false;
        boolean said = false;
        while (!logged || !said) {
          String line = reader.readLine();
          assertThat(line).isNotNull();
          logged |= line.contains("INFO spawned: 'talk'");
          said |= line.equals("something was said");
        }
      }
    }
  }

  @Test
  void aFileThatStdoutIsRedirectedToIsNeverRotatedOrOverwritten() throws Exception {
    tree.configureWithoutServer(TALKER.formatted("/dev/stdout"));
    Process supervisord =
        tree.startAfter("exec >redirected", "-n", "-c", "supervisord.conf", "-y", "10");
    await().atMost(Tree.PATIENCE).until(() -> tree.text("redirected").contains("RUNNING state"));
    Tree.signal(supervisord.pid(), "TERM");

    assertThat(Tree.exitCode(supervisord)).isZero();
    assertThat(tree.text("redirected").lines().toList())
        .contains("something was said")
        .allMatch(line -> line.matches("something was said|\\d{4}-.* [A-Z]{4} .*"));
    assertThat(Path.of("/dev/stdout.1")).doesNotExist();
  }

  /** 3 is where the JVM's own begin, and where scripts do. */
  @ParameterizedTest
  @CsvSource({"3", "7"})
  void aDescriptorThatWasPassedOnIsWrittenTo(int number) throws Exception {
    tree.configureWithoutServer(TALKER.formatted("/dev/fd/" + number));
    Process supervisord =
        tree.startAfter("exec %d>passed".formatted(number), "-n", "-c", "supervisord.conf");
    await().atMost(Tree.PATIENCE).until(() -> tree.text("passed").equals("something was said\n"));
    Tree.signal(supervisord.pid(), "TERM");
    assertThat(Tree.exitCode(supervisord)).isZero();
  }

  /** Else the pid would be written into a jar of the installation, and output into a log. */
  @Test
  void aDescriptorOfTheJvmIsNobodysToWriteTo() throws Exception {
    tree.configureWithoutServer(TALKER.formatted("/dev/fd/9"));
    Files.writeString(
        tree.file("supervisord.conf"),
        tree.text("supervisord.conf").replace("%(here)s/supervisord.pid", "/dev/fd/5"));
    Process supervisord = tree.startAfter("exec 5>&- 9>&-", "-n", "-c", "supervisord.conf");
    await()
        .atMost(Tree.PATIENCE)
        .until(() -> tree.text("supervisord.log").contains("success: talk"));
    Tree.signal(supervisord.pid(), "TERM");
    assertThat(Tree.exitCode(supervisord)).isZero();
    assertThat(tree.text("supervisord.log"))
        .contains("CRIT could not write pidfile /dev/fd/5")
        .contains("ERRO cannot write to /dev/fd/9 (EBADF: Bad file descriptor)");
  }

  @Test
  void aConsoleThatNobodyReadsHoldsUpNothing() throws Exception {
    tree.configure(TALKER.formatted("%(here)s/talk.log") + "startsecs = 0\n");
    Process supervisord =
        tree.startAfter(
            // held open for reading by supervisord itself, which never reads
            "mkfifo pipe; exec 7<>pipe >pipe; head -c 65536 /dev/zero",
            "-n",
            "-c",
            "supervisord.conf",
            "-e",
            "debug");
    tree.awaited(supervisord);
    await()
        .atMost(Tree.PATIENCE)
        .until(
            () ->
                tree.text("supervisord.log").contains("INFO success: talk entered RUNNING state"));
  }

  @ParameterizedTest
  @CsvSource({
    "supervisord -v",
    "supervisord -h",
    "supervisord --check -c supervisord.conf",
    "supervisorctl -h",
    "supervisorctl -c supervisord.conf help",
    "echo_supervisord_conf"
  })
  void whatCannotBePrintedIsAnError(String command) throws Exception {
    tree.configure("[supervisorctl]");
    Process process =
        new ProcessBuilder("/bin/sh", "-c", Tree.program("") + "/" + command + " >/dev/full")
            .directory(directory.toFile())
            .redirectError(tree.file("complaint").toFile())
            .start();

    assertThat(Tree.exitCode(process)).isEqualTo(1);
    assertThat(tree.text("complaint"))
        .contains("No space left on device")
        .doesNotContain("Exception")
        .hasLineCount(1);
    assertThat(Files.exists(Path.of("/dev/full"))).isTrue();
  }

  @ParameterizedTest
  @Requires(BASH)
  @CsvSource({"supervisord -v", "supervisorctl -h"})
  void aPipeThatNobodyReadsAnyMoreIsAnErrorToo(String command) throws Exception {
    Process process =
        new ProcessBuilder(
                "bash", "-c", "exec 3> >(:); wait $!; " + Tree.program("") + "/" + command + " >&3")
            .redirectError(tree.file("complaint").toFile())
            .start();

    assertThat(Tree.exitCode(process)).isEqualTo(1);
    assertThat(tree.text("complaint"))
        .isEqualTo("Error: cannot write to standard output: Broken pipe\n");
  }
}

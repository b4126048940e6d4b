package ee.supervisor.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/supervisord} in surroundings that it did not choose. */
class EnvironmentTest {
  private static final String JAVA_HOME = System.getProperty("java.home");
  private static final String PATH = "PATH=" + JAVA_HOME + "/bin:/usr/local/bin:/usr/bin:/bin";

  /** Writes the environment it was given, and ends. */
  private static final String ENVIRONMENT =
      """
      [program:environment]
      command = /bin/cat /proc/self/environ
      stdout_logfile = %(here)s/environment
      startsecs = 0
      autorestart = false
      """;

  private static final String SLEEPER =
      """
      [program:sleeper]
      command = /bin/sh -c 'echo $$ > %(here)s/sleeper.pid; exec sleep 600'
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

  private static List<String> env(String... variables) {
    List<String> way = new ArrayList<>(List.of("env", "-i", PATH));
    way.addAll(List.of(variables));
    return way;
  }

  private static List<String> shell(String before) {
    return List.of("sh", "-c", before + "; exec \"$@\"", "sh");
  }

  /** The shell that starts supervisord would drop some, and add others. */
  @Test
  void programsGetEveryVariableAsSupervisordDidAndNoMore() throws Exception {
    List<String> variables =
        List.of(
            "cluster.name=blue",
            "x-y=1",
            "1st=a\nb\n",
            "BASH_FUNC_greet%%=() { echo hi;\n}",
            "EMPTY=",
            "LONG=" + "x".repeat(120_000),
            "LANG=de_DE.ISO-8859-1",
            "LC_ALL=C",
            "_JAVA_SR_SIGNUM=33",
            "JAVA_TOOL_OPTIONS=-Dx=y",
            "JDK_JAVA_OPTIONS=--no-such-option",
            "_JAVA_OPTIONS=-Xmx32m");
    tree.configure(
        ENVIRONMENT
            + """
            [program:expands]
            command = /bin/echo %(ENV_cluster.name)s %(ENV_JAVA_TOOL_OPTIONS)s
            stdout_logfile = %(here)s/expands
            startsecs = 0
            autorestart = false
            """);

    tree.startByAndAwait(env(variables.toArray(String[]::new)));

    assertThat(Stream.of(tree.text("environment").split("\0")))
        .filteredOn(variable -> !variable.startsWith("SUPERVISOR_"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of(PATH), variables.stream()).toList());
    assertThat(tree.text("expands")).isEqualTo("blue -Dx=y\n");
    assertThat(tree.console(0)).doesNotContain("Picked up");
  }

  /** More than fits twice into what the kernel takes. */
  @Test
  void anEnvironmentOfAMegabyteReachesThePrograms() throws Exception {
    List<String> variables = new ArrayList<>(List.of("cluster.name=blue", "JAVA_TOOL_OPTIONS=-Dx"));
    for (int i = 0; i < 10_000; i++) {
      variables.add("SERVICE_" + i + "_PORT_8080_TCP=tcp://10.0.0.1:8080" + "/".repeat(50));
    }
    tree.configure(ENVIRONMENT);

    tree.startByAndAwait(env(variables.toArray(String[]::new)));

    assertThat(Stream.of(tree.text("environment").split("\0")))
        .filteredOn(variable -> !variable.startsWith("SUPERVISOR_"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of(PATH), variables.stream()).toList());
  }

  @Test
  void anEmptyPathIsThePrograms() throws Exception {
    tree.configure(ENVIRONMENT);
    tree.startByAndAwait(List.of("env", "-i", "JAVA_HOME=" + JAVA_HOME, "PATH="));
    assertThat(tree.text("environment").split("\0")).contains("PATH=", "JAVA_HOME=" + JAVA_HOME);
  }

  @Test
  void theDaemonsProgramsGetThemToo() throws Exception {
    tree.configure(ENVIRONMENT);
    List<String> way = env("cluster.name=blue", "JAVA_TOOL_OPTIONS=-Dx=y");

    assertThat(Tree.exitCode(tree.startBy(way, "-c", "supervisord.conf"))).isZero();

    await()
        .atMost(Tree.PATIENCE)
        .until(() -> tree.text("environment").contains("SUPERVISOR_ENABLED"));
    assertThat(tree.text("environment").split("\0"))
        .contains(PATH, "cluster.name=blue", "JAVA_TOOL_OPTIONS=-Dx=y")
        .noneMatch(variable -> variable.matches("(LC_ALL|SUPERVISORD_|_JAVA).*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LANG=C", "LC_ALL=POSIX", "LANG=xx_XX.UTF-8", "LANG=de_DE.ISO-8859-1"})
  void namesMayHaveAnyLetterInAnyLocale(String locale) throws Exception {
    tree.configure(
        """
        [program:grün]
        command = /bin/echo schön
        stdout_logfile = %(here)s/größe
        startsecs = 0
        autorestart = false
        """);

    tree.startByAndAwait(env(locale));

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString())).contains("größe");
    }
    assertThat(tree.text("größe")).isEqualTo("schön\n");
  }

  @Test
  void javaHomeIsOfThePrograms() throws Exception {
    Path old = Files.createDirectories(tree.file("jdk8/bin")).getParent();
    Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 1\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"1.8.0_400\"\n");
    tree.configure(ENVIRONMENT);

    tree.startByAndAwait(env("JAVA_HOME=" + old));

    assertThat(tree.text("environment").split("\0")).contains("JAVA_HOME=" + old);
  }

  @Test
  void withoutAJavaThatWillDoOneLineTellsWhatThereIs() throws Exception {
    Path old = Files.createDirectories(tree.file("jdk8/bin")).getParent();
    Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 1\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    tree.configure(SLEEPER);
    List<String> way = List.of("env", "-i", "PATH=/nonexistent", "JAVA_HOME=" + old);

    assertThat(Tree.exitCode(tree.startBy(way, "-n", "-c", "supervisord.conf"))).isEqualTo(2);

    assertThat(tree.console(0))
        .isEqualTo(
            ("Error: Java 17 or newer is needed: JAVA_HOME=%s is Java 11.0.2;"
                    + " set JAVA_HOME or put it on the PATH\n")
                .formatted(old));
  }

  @Test
  void itIsFoundByItsName() throws Exception {
    tree.configure(SLEEPER);
    Process supervisord = tree.startAndAwait();
    Path proc = Path.of("/proc", Long.toString(supervisord.pid()));

    assertThat(Files.readString(proc.resolve("comm"))).isEqualTo("supervisord\n");
    String[] arguments = Files.readString(proc.resolve("cmdline")).split("\0");
    assertThat(arguments[0]).endsWith("/java");
    assertThat(arguments[1]).endsWith("/bin/supervisord");
    assertThat(arguments).startsWith(arguments[0], arguments[1], "-n", "-c", "supervisord.conf");
  }

  /** As nohup(1) and a script's "&" have it; with SIGCHLD ignored no child leaves its status. */
  @Test
  void signalsThatWereIgnoredAreHeard() throws Exception {
    tree.configure(
        SLEEPER
            + """
            [program:three]
            command = /bin/sh -c 'exit 3'
            startsecs = 0
            autorestart = false
            """);
    Process supervisord =
        tree.startByAndAwait(List.of("env", "--ignore-signal=HUP,INT,QUIT,TERM,USR2,CHLD"));
    await()
        .atMost(Tree.PATIENCE)
        .until(() -> tree.text("supervisord.log").contains("exited: three (exit status 3;"));
    String first = tree.text("sleeper.pid");

    Tree.signal(supervisord.pid(), "HUP");
    await().atMost(Tree.PATIENCE).until(() -> !tree.text("sleeper.pid").equals(first));
    Tree.signal(supervisord.pid(), "INT");

    assertThat(Tree.exitCode(supervisord)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"<&-, 0", ">&-, 1", "2>&-, 2", "<&- >&- 2>&-, 0 1 2"})
  void whatWasClosedIsDevNull(String closing, String numbers) throws Exception {
    tree.configure(SLEEPER);

    Process supervisord = tree.startByAndAwait(shell("exec " + closing));

    for (String number : List.of(numbers.split(" "))) {
      Path descriptor = Path.of("/proc", Long.toString(supervisord.pid()), "fd", number);
      assertThat(descriptor.toRealPath()).isEqualTo(Path.of("/dev/null"));
    }
  }

  @Test
  void theDirectoryItIsStartedInMayBeGone() throws Exception {
    tree.configure(SLEEPER);
    Process supervisord =
        tree.startBy(
            shell("mkdir gone && cd gone && rmdir ../gone"),
            "-n",
            "-c",
            tree.file("supervisord.conf").toString());
    await().atMost(Tree.PATIENCE).until(() -> !tree.text("sleeper.pid").isEmpty());
    Tree.signal(supervisord.pid(), "TERM");
    assertThat(Tree.exitCode(supervisord)).isZero();
  }

  @Test
  void withTooLittleAddressSpaceOneLineTellsWhatIsNeeded() throws Exception {
    tree.configure(SLEEPER);
    Process supervisord = tree.startBy(shell("ulimit -v 500000"), "-n", "-c", "supervisord.conf");
    assertThat(Tree.exitCode(supervisord)).isEqualTo(2);
    assertThat(tree.console(0))
        .isEqualTo("Error: supervisord needs 1200 MB of address space, and ulimit -v allows 512\n");
  }

  @Test
  void withTooLittleMemoryForDataOneLineTellsWhatIsNeeded() throws Exception {
    tree.configure(SLEEPER);
    Process supervisord = tree.startBy(shell("ulimit -d 100000"), "-n", "-c", "supervisord.conf");
    assertThat(Tree.exitCode(supervisord)).isEqualTo(2);
    assertThat(tree.console(0))
        .isEqualTo("Error: supervisord needs 200 MB of data, and ulimit -d allows 102\n");
  }

  /** {@code -c <(template)}: what came by a pipe is not there for a second JVM. */
  @ParameterizedTest
  @CsvSource({"1, -n", "1, ''", "1000, -n", "1000, ''"})
  void aConfigurationMayComeByAPipe(int processes, String foreground) throws Exception {
    tree.configure(
        SLEEPER
            + """
            [program:many]
            command = /bin/true
            process_name = %%(process_num)d
            numprocs = %d
            autostart = false
            """
                .formatted(processes));
    String path = tree.file("supervisord.conf").toString();
    Files.writeString(
        tree.file("supervisord.conf"),
        tree.text("supervisord.conf").replace("%(here)s", directory.toString()));

    Process supervisord =
        tree.startBy(
            List.of(
                "sh", "-c", "cat %s | \"$@\" %s -c /dev/stdin".formatted(path, foreground), "sh"));

    await()
        .atMost(Tree.PATIENCE)
        .ignoreExceptions()
        .until(() -> tree.call("supervisor.getPID").contains("<int>"));
    if (foreground.isEmpty()) {
      assertThat(Tree.exitCode(supervisord)).isZero(); // the daemon is ready
    }
    String first = tree.text("sleeper.pid");
    Tree.signal(tree.pid(), "HUP");
    await().atMost(Tree.PATIENCE).until(() -> !tree.text("sleeper.pid").equals(first));
    Tree.signal(tree.pid(), "TERM");
    assertThat(Tree.exitCode(supervisord)).isZero();
  }

  @Test
  void moreProgramsMeanMoreHeapInTheSameProcess() throws Exception {
    tree.configure(
        """
        [program:many]
        command = /bin/true
        process_name = %(process_num)d
        numprocs = 1000
        autostart = false
        """);

    Process supervisord = tree.startAndAwait();

    assertThat(tree.pid()).isEqualTo(supervisord.pid());
    Path proc = Path.of("/proc", Long.toString(supervisord.pid()));
    assertThat(Files.readString(proc.resolve("cmdline")).split("\0")).contains("-Xmx166m");
    Tree.signal(supervisord.pid(), "QUIT");
    assertThat(Tree.exitCode(supervisord)).isZero();
    assertThat(tree.file("supervisord.pid")).doesNotExist();
  }
}

package ee.supervisor.packages;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Debian with systemd, booted in namespaces of this machine's kernel. */
final class DebianMachine {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Path APT = Path.of("/etc/apt");

  /** Debian's smallest system, and what the tests find on it. */
  private static final List<String> INSTALLED =
      List.of(
          "supervisor",
          "default-jre-headless",
          "systemd-sysv",
          "dbus",
          "procps",
          "util-linux",
          "rpm");

  /** As it is unpacked; made once for all tests, and kept for the next run. */
  private static final Path UNTOUCHED = Path.of("target/debian").toAbsolutePath();

  private final Path root;
  private final Path work;
  private final String group;
  private Process namespaces;

  /**
   * Unpacks it; it is not booted yet.
   *
   * @param work where its files go
   */
  DebianMachine(Path work) throws IOException, InterruptedException {
    this.work = work;
    this.root = work.resolve("root");
    this.group =
        "supervisor-test-%d-%s".formatted(ProcessHandle.current().pid(), work.getFileName());
    if (!Files.isDirectory(UNTOUCHED)) {
      unpack();
    }
    succeedsHere("cp", "-a", "--reflink=auto", UNTOUCHED.toString(), root.toString());
  }

  private void unpack() throws IOException, InterruptedException {
    Path made = UNTOUCHED.resolveSibling("debian-" + ProcessHandle.current().pid());
    List<String> command =
        new ArrayList<>(
            List.of(
                "mmdebstrap",
                "--quiet",
                "--mode=root",
                "--variant=minbase",
                "--include=" + String.join(",", INSTALLED),
                "--dpkgopt=path-exclude=/usr/share/locale/*",
                "--aptopt=Acquire::Retries \"5\"",
                // to see what apt would install
                "--skip=cleanup/apt/lists",
                // to go back to it where there is no network
                "--customize-hook=chroot \"$1\" sh -c 'cd /srv && apt-get download -qq supervisor'"));
    // how this machine comes by packages: proxies, certificates
    for (Path file : files(APT.resolve("apt.conf.d"))) {
      if (Files.readString(file).contains("Acquire::")) {
        command.add("--aptopt=" + file);
      }
    }
    command.add("bookworm");
    command.add(made.toString());
    List<String> mirrors =
        files(APT.resolve("sources.list.d")).stream()
            .filter(file -> file.getFileName().toString().matches("debian\\.(sources|list)"))
            .map(Path::toString)
            .collect(Collectors.toCollection(ArrayList::new));
    if (Files.exists(APT.resolve("sources.list"))) {
      mirrors.add(APT.resolve("sources.list").toString());
    }
    if (Files.readString(Path.of("/etc/os-release")).contains("VERSION_CODENAME=bookworm")) {
      command.addAll(mirrors);
    }
    try {
      succeedsHere(command.toArray(String[]::new));
      // as Debian's installer has it: Payara wants to know its own address
      Files.writeString(made.resolve("etc/hosts"), "127.0.0.1 localhost\n127.0.1.1 debian\n");
      Files.writeString(made.resolve("etc/hostname"), "debian\n");
      Files.move(made, UNTOUCHED);
    } finally {
      runHere("rm", "-rf", "--one-file-system", made.toString());
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** What a command has written, and how it ended. */
  record Result(int exitCode, String output) {}

  /** A file of the machine, by its path there. */
  Path file(String path) {
    return root.resolve(path.substring(1));
  }

  void boot() throws IOException {
    Path script = work.resolve("boot");
    try (InputStream text = DebianMachine.class.getResourceAsStream("boot")) {
      Files.copy(text, script);
    }
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    namespaces =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--uts",
                "--ipc",
                "--net",
                script.toString(),
                root.toString(),
                group)
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("console").toFile())
            .start();
    // degraded: a unit of Debian's own may dislike to be in namespaces
    awaitOutput(
        "up", "sh", "-c", "systemctl is-system-running | grep -qx 'running\\|degraded' && echo up");
  }

  /** Runs a command on the booted machine, to its end. */
  Result run(String... command) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--target=" + namespaces.children().findFirst().orElseThrow().pid(),
                "--all",
                "env",
                "-i",
                "DEBIAN_FRONTEND=noninteractive",
                "LC_ALL=C.UTF-8",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
    all.addAll(List.of(command));
    return runHere(all.toArray(String[]::new));
  }

  /** Runs a command until its output holds this text. */
  String awaitOutput(String text, String... command) {
    List<String> last = new ArrayList<>(List.of(""));
    try {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptions()
          .until(
              () -> {
                last.set(0, run(command).output());
                return last.get(0).contains(text);
              });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "%s never printed '%s', but: %s".formatted(String.join(" ", command), text, last.get(0)),
          e);
    }
    return last.get(0);
  }

  /** Runs a command on the booted machine, which has to succeed. */
  String succeeds(String... command) throws IOException, InterruptedException {
    Result result = run(command);
    if (result.exitCode() != 0) {
      throw new AssertionError(
          "%s: %d, %s".formatted(String.join(" ", command), result.exitCode(), result.output()));
    }
    return result.output();
  }

  private void succeedsHere(String... command) throws IOException, InterruptedException {
    Result result = runHere(command);
    if (result.exitCode() != 0) {
      throw new IOException(String.join(" ", command) + ": " + result.output());
    }
  }

  /** Waits until as many of the processes that a test is about run as are named. */
  void awaitSleepers(int number) {
    awaitOutput(number + "\n", "pgrep", "-fc", "^/bin/sleep 1000000");
  }

  private Result runHere(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(work, "output", "");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          String.join(" ", command) + " does not end: " + Files.readString(output));
    }
    return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }

  /** Ends everything on it; its mounts go with it. */
  void close() throws IOException, InterruptedException {
    if (namespaces != null) {
      namespaces.children().forEach(ProcessHandle::destroyForcibly);
      namespaces.onExit().join();
      runHere(
          "unshare",
          "--mount",
          "sh",
          "-c",
          "mount -t cgroup2 cgroup2 \"$0/sys\" && find \"$0/sys/$1\" -depth -type d -exec rmdir {} +",
          root.toString(),
          group);
    }
    // JUnit would warn of every link that leads out of the directory
    runHere("rm", "-rf", "--one-file-system", root.toString());
  }
}

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
import org.awaitility.core.ConditionTimeoutException;

/** Debian with systemd, booted in namespaces of this machine's kernel. */
final class DebianMachine implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path root;
  private final Path work;
  private final String group = "supervisor-test-" + ProcessHandle.current().pid();
  private Process namespaces;

  /**
   * Unpacks it; it is not booted yet.
   *
   * @param work where its files go
   * @param packages what is installed
   */
  DebianMachine(Path work, String... packages) throws IOException, InterruptedException {
    this.work = work;
    this.root = work.resolve("root");
    Result made =
        runHere(
            "mmdebstrap",
            "--quiet",
            "--mode=root",
            "--variant=minbase",
            "--include=" + String.join(",", packages),
            "bookworm",
            root.toString());
    if (made.exitCode() != 0) {
      throw new IOException("mmdebstrap: " + made.output());
    }
    // as Debian's installer has it: Payara wants to know its own address
    Files.writeString(
        file("/etc/hosts"), "127.0.0.1 localhost\n127.0.1.1 debian\n", StandardCharsets.UTF_8);
    Files.writeString(file("/etc/hostname"), "debian\n", StandardCharsets.UTF_8);
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
    awaitOutput("running", "systemctl", "is-system-running");
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
  @Override
  public void close() throws IOException, InterruptedException {
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
  }
}

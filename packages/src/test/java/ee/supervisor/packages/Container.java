package ee.supervisor.packages;

import static org.awaitility.Awaitility.await;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The image, unpacked and run as a container: process 1 of its own namespaces, without a network,
 * its root read-only but for /run and /tmp.
 */
final class Container {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String RUN =
      """
      set -e
      root=$1 user=$2
      shift 2
      mount --make-rprivate /
      mount --bind "$root" "$root"
      mount -t proc proc "$root/proc"
      mount -t tmpfs tmpfs "$root/run"
      mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
      mount -t tmpfs tmpfs "$root/dev"
      for device in null zero full random urandom; do
        : >"$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
      done
      ln -s /proc/self/fd "$root/dev/fd"
      ln -s /proc/self/fd/1 "$root/dev/stdout"
      mount -o remount,bind,ro "$root"
      exec chroot --userspec="$user" "$root" env -i "$@"
      """;

  private final Path root;
  private final Path output;
  private final List<String> entrypoint = new ArrayList<>();
  private final List<String> environment = new ArrayList<>();
  private Process namespaces;

  /**
   * Unpacks it; it does not run yet.
   *
   * @param image as {@code docker load} takes it
   * @param work where its files go
   */
  Container(Path image, Path work) throws IOException, InterruptedException, JsonParserException {
    root = Files.createDirectory(work.resolve("root"));
    output = work.resolve("log");
    Path layers = Files.createDirectory(work.resolve("layers"));
    succeeds("tar", "-xf", image.toString(), "-C", layers.toString());
    JsonObject manifest =
        JsonParser.array().from(Files.readString(layers.resolve("manifest.json"))).getObject(0);
    for (Object layer : manifest.getArray("Layers")) {
      succeeds("tar", "-xf", layers.resolve((String) layer).toString(), "-C", root.toString());
    }
    JsonObject config =
        JsonParser.object()
            .from(Files.readString(layers.resolve(manifest.getString("Config"))))
            .getObject("config");
    config.getArray("Entrypoint").forEach(word -> entrypoint.add((String) word));
    config.getArray("Env").forEach(variable -> environment.add((String) variable));
  }

  /** A file of the container, by its path there, as long as it does not run. */
  Path file(String path) {
    return root.resolve(path.substring(1));
  }

  /** Runs its entry point. */
  void start(String user) throws IOException {
    start(user, entrypoint);
  }

  /** Runs another program of it. */
  void start(String user, List<String> program) throws IOException {
    Path script = root.resolveSibling("run");
    Files.writeString(script, RUN);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--uts",
                "--ipc",
                "--net",
                "sh",
                script.toString(),
                root.toString(),
                user));
    command.addAll(environment);
    command.addAll(program);
    namespaces =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
  }

  /** What {@code docker logs} would show. */
  String log() throws IOException {
    return Files.readString(output);
  }

  void awaitLog(String text) {
    await()
        .atMost(PATIENCE)
        .failFast(() -> !namespaces.isAlive() && !log().contains(text))
        .until(() -> log().contains(text));
  }

  /** Runs a command in it, as {@code docker exec} does, and returns what it wrote. */
  String exec(String... command) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of("nsenter", "--target=" + first(), "--all", "--root", "--wd=/", "env", "-i"));
    all.addAll(environment);
    all.addAll(List.of(command));
    Path written = Files.createTempFile(root.getParent(), "exec", "");
    Process process =
        new ProcessBuilder(all)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(written.toFile())
            .start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return Files.readString(written);
  }

  private long first() {
    return namespaces.children().findFirst().orElseThrow().pid();
  }

  /** Sends process 1 what {@code docker stop} and {@code docker kill} send. */
  void signal(String name) throws IOException, InterruptedException {
    succeeds("kill", "-" + name, Long.toString(first()));
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    if (!namespaces.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("process 1 does not end");
    }
    return namespaces.exitValue();
  }

  void close() throws InterruptedException {
    if (namespaces != null) {
      namespaces.children().forEach(ProcessHandle::destroyForcibly);
      namespaces.waitFor();
    }
  }

  private static void succeeds(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + process.exitValue());
    }
  }
}

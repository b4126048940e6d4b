package ee.supervisor.config;

import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.Environment;
import ee.supervisor.posix.NodeName;
import ee.supervisor.tls.ServerKey;
import ee.supervisor.tls.ServerKeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The machine and process that a file is read on: everything outside it that its meaning depends
 * on.
 *
 * @param environment the environment variables, for {@code %(ENV_x)s} and {@code ~}
 * @param currentDirectory absolute; relative paths start there
 * @param hostName value of {@code %(host_node_name)s}
 * @param uid the user supervisord runs as
 * @param temporaryDirectory the default of {@code childlogdir}
 * @param users the system's users and groups
 * @param isDirectory whether a directory that the file names is there
 * @param readsKeys whether certificates and keys that the file names are read to see if they fit
 */
public record Host(
    Map<String, String> environment,
    Path currentDirectory,
    String hostName,
    int uid,
    String temporaryDirectory,
    UserLookup users,
    Predicate<String> isDirectory,
    boolean readsKeys) {

  public Host {
    environment = Map.copyOf(environment);
  }

  /** What is true of this process and this machine. */
  public static Host ofThisProcess() {
    Map<String, String> environment = Environment.ofThisProcess();
    return new Host(
        environment,
        Path.of("").toAbsolutePath(),
        NodeName.ofThisMachine(),
        ownUid(),
        firstTemporaryDirectory(environment),
        UserLookup.ofSystem(),
        name -> Files.isDirectory(Path.of(name)),
        true);
  }

  /** By the owner of its entry in /proc: {@code --check} need not wait for a native library. */
  private static int ownUid() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      return CurrentProcess.uid();
    }
  }

  /** The first that can be written to of what the environment names and the usual places. */
  private static String firstTemporaryDirectory(Map<String, String> environment) {
    return Stream.of(
            environment.get("TMPDIR"),
            environment.get("TEMP"),
            environment.get("TMP"),
            "/tmp",
            "/var/tmp",
            "/usr/tmp")
        .filter(name -> name != null && !name.isEmpty())
        .map(name -> Path.of(name).toAbsolutePath())
        .filter(path -> Files.isDirectory(path) && Files.isWritable(path))
        .map(Path::toString)
        .findFirst()
        .orElse(Path.of("").toAbsolutePath().toString());
  }

  /**
   * The same for a look at the text alone: every user, group, directory and key is taken as there.
   */
  public Host unchecked() {
    return new Host(
        environment,
        currentDirectory,
        hostName,
        uid,
        temporaryDirectory,
        UserLookup.unchecked(),
        name -> true,
        false);
  }

  /**
   * Refuses a certificate or key that cannot be used.
   *
   * @throws ServerKeyException with option, value and reason
   */
  void checkKey(HttpServerConfig.Tls tls) throws ServerKeyException {
    if (readsKeys) {
      ServerKey.read(tls.certfile(), tls.keyfile());
    }
  }
}

package ee.supervisor.host;

import ee.supervisor.config.Host;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.Environment;
import ee.supervisor.posix.NodeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Gives a reader of configuration what it needs to know of the machine it is read on. */
public final class ThisMachine {

  private ThisMachine() {}

  /** What is true of this process now. */
  public static Host host() {
    Map<String, String> environment = Environment.ofThisProcess();
    return new Host(
        environment,
        Path.of("").toAbsolutePath(),
        NodeName.ofThisMachine(),
        ownUid(),
        firstTemporaryDirectory(environment),
        SystemUsers.INSTANCE,
        name -> Files.isDirectory(Path.of(name)),
        PipedConfig.INSTANCE,
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
}

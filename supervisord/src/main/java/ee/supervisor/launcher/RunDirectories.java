package ee.supervisor.launcher;

import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.posix.CurrentProcess;
import ee.supervisor.posix.Environment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where files of a running program may go, best first: where a cleaner of old files does not come,
 * then where all can write, then where supervisord must be able to write anyway.
 */
final class RunDirectories {
  private RunDirectories() {}

  static List<Path> of(SupervisordConfig config) {
    List<String> names = new ArrayList<>();
    if (CurrentProcess.uid() == 0) {
      names.add("/run");
    }
    names.add(Environment.ofThisProcess().getOrDefault("XDG_RUNTIME_DIR", ""));
    names.add(Environment.ofThisProcess().getOrDefault("TMPDIR", ""));
    names.addAll(List.of("/tmp", "/var/tmp", "/dev/shm"));
    List<Path> directories = new ArrayList<>();
    for (String name : names) {
      if (!name.isEmpty()) {
        directories.add(Path.of(name).toAbsolutePath());
      }
    }
    directories.add(Path.of(config.pidfile()).toAbsolutePath().getParent());
    return directories;
  }
}

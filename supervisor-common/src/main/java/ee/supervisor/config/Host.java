package ee.supervisor.config;

import ee.supervisor.tls.ServerKey;
import ee.supervisor.tls.ServerKeyException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;

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
 * @param files reads the files of the configuration
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
    ConfigFiles files,
    boolean readsKeys) {

  public Host {
    environment = Map.copyOf(environment);
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
        UserLookup.unchecked(users),
        name -> true,
        files,
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

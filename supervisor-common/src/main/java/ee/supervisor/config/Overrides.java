package ee.supervisor.config;

import java.util.Map;
import java.util.Optional;

/**
 * Command-line options of supervisord that win over the {@code [supervisord]} section, each as the
 * text given; empty or false where the option was not given.
 *
 * @param nodaemon {@code -n}
 * @param silent {@code -s}
 * @param nocleanup {@code -k}
 * @param stripAnsi {@code -t}
 * @param user {@code -u}, a name or number
 * @param umask {@code -m}, octal
 * @param directory {@code -d}
 * @param logfile {@code -l}, a path or {@code syslog}
 * @param logfileMaxbytes {@code -y}, such as {@code 50MB}
 * @param logfileBackups {@code -z}
 * @param loglevel {@code -e}, such as {@code debug}
 * @param pidfile {@code -j}
 * @param identifier {@code -i}
 * @param childlogdir {@code -q}
 * @param minfds {@code -a}
 * @param minprocs {@code --minprocs}
 * @param spelling how an option was written, {@code --minfds} for {@code -a}; complaints name it so
 */
public record Overrides(
    boolean nodaemon,
    boolean silent,
    boolean nocleanup,
    boolean stripAnsi,
    Optional<String> user,
    Optional<String> umask,
    Optional<String> directory,
    Optional<String> logfile,
    Optional<String> logfileMaxbytes,
    Optional<String> logfileBackups,
    Optional<String> loglevel,
    Optional<String> pidfile,
    Optional<String> identifier,
    Optional<String> childlogdir,
    Optional<String> minfds,
    Optional<String> minprocs,
    Map<String, String> spelling) {

  /** No option given. */
  public static Overrides none() {
    Optional<String> no = Optional.empty();
    return new Overrides(
        false, false, false, false, no, no, no, no, no, no, no, no, no, no, no, no, Map.of());
  }
}

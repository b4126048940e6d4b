package ee.supervisor.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code [supervisord]} section (manual: "[supervisord] Section Values").
 *
 * @param nodaemon stay in the foreground
 * @param silent no log lines on stdout while in the foreground
 * @param user the user supervisord itself becomes, if any
 * @param umask the umask of supervisord, of which the lowest nine bits count
 * @param directory where to chdir when daemonizing, if anywhere, as the file has it
 * @param logfile the activity log
 * @param logfileMaxbytes size in bytes at which the activity log rotates, 0 for never
 * @param logfileBackups rotated files to keep, 0 for none
 * @param loglevel least severe level that is logged
 * @param pidfile absolute path of the file the pid is written to
 * @param identifier the name this instance goes by in the RPC interface and in events
 * @param childlogdir where AUTO log files are made, as the file has it
 * @param minfds file descriptors that must be available
 * @param minprocs processes that must be available
 * @param nocleanup keep AUTO log files of earlier runs
 * @param stripAnsi remove ANSI escape sequences from child logs
 * @param serverurl value for SUPERVISOR_SERVER_URL, if any server is configured
 * @param environment set for every child, in file order
 * @param exitOn ends of programs with which supervisord ends
 */
public record SupervisordConfig(
    boolean nodaemon,
    boolean silent,
    Optional<UserId> user,
    int umask,
    Optional<String> directory,
    LogDestination logfile,
    long logfileMaxbytes,
    long logfileBackups,
    LogLevel loglevel,
    String pidfile,
    String identifier,
    String childlogdir,
    long minfds,
    long minprocs,
    boolean nocleanup,
    boolean stripAnsi,
    Optional<String> serverurl,
    Map<String, String> environment,
    List<ExitRule> exitOn) {

  public SupervisordConfig {
    exitOn = List.copyOf(exitOn);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }
}

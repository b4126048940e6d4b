package ee.supervisor.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One process: a {@code [program:x]} section, or one of its {@code numprocs} copies (manual:
 * "[program:x] Section Values"). Whether a {@code reread} calls it changed is {@link #sameAs}, not
 * {@code equals}.
 *
 * @param name the process's name, unique in its group
 * @param command the command line, expanded, not yet split into words
 * @param directory where it runs, if not in supervisord's own directory; as the file has it
 * @param umask its umask, of which the lowest nine bits count; empty for supervisord's
 * @param priority 0 first, at shutdown last
 * @param autostart started with supervisord
 * @param autorestart when it is started again
 * @param startsecs seconds it must stay up to be RUNNING
 * @param startretries failed starts before FATAL
 * @param stopsignal number of the signal that asks it to stop
 * @param stopwaitsecs seconds from stopsignal to SIGKILL
 * @param stopasgroup stopsignal goes to its process group
 * @param killasgroup SIGKILL goes to its process group
 * @param exitcodes exit codes that are expected
 * @param user whom it runs as, if not as supervisord
 * @param redirectStderr stderr is sent into stdout
 * @param stdout what happens to its stdout
 * @param stderr what happens to its stderr
 * @param environment its own variables, those of [supervisord] merged in
 * @param serverurl value for SUPERVISOR_SERVER_URL; empty stands for supervisord's own (AUTO)
 */
public record ProcessConfig(
    String name,
    String command,
    Optional<String> directory,
    OptionalInt umask,
    long priority,
    boolean autostart,
    Autorestart autorestart,
    long startsecs,
    long startretries,
    int stopsignal,
    long stopwaitsecs,
    boolean stopasgroup,
    boolean killasgroup,
    List<Integer> exitcodes,
    Optional<UserId> user,
    boolean redirectStderr,
    ChannelConfig stdout,
    ChannelConfig stderr,
    Map<String, String> environment,
    Optional<String> serverurl) {

  public ProcessConfig {
    exitcodes = List.copyOf(exitcodes);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /**
   * Whether a running process of this configuration may go on as it is under {@code next}: all is
   * equal, where {@code next} has {@code AUTO} for a log file that equals any (the other way round
   * a file is asked for that is not written to), and a user is its numeric id.
   */
  public boolean sameAs(ProcessConfig next) {
    return comparedFor(next).equals(next.comparedFor(next));
  }

  private ProcessConfig comparedFor(ProcessConfig next) {
    return new ProcessConfig(
        name,
        command,
        directory,
        umask,
        priority,
        autostart,
        autorestart,
        startsecs,
        startretries,
        stopsignal,
        stopwaitsecs,
        stopasgroup,
        killasgroup,
        exitcodes,
        user.map(UserId::withoutName),
        redirectStderr,
        stdout.comparedFor(next.stdout),
        stderr.comparedFor(next.stderr),
        environment,
        serverurl);
  }
}

package ee.supervisor.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One process: a {@code [program:x]} section, or one of its {@code numprocs} copies (manual:
 * "[program:x] Section Values"). Two are equal when a {@code reread} would not call the process
 * changed.
 *
 * @param name the process's name, unique in its group
 * @param command the command line, expanded, not yet split into words
 * @param directory where it runs, if not in supervisord's own directory
 * @param umask its umask 0 to 0777, or -1 for supervisord's
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
    Optional<Path> directory,
    int umask,
    int priority,
    boolean autostart,
    Autorestart autorestart,
    int startsecs,
    int startretries,
    int stopsignal,
    int stopwaitsecs,
    boolean stopasgroup,
    boolean killasgroup,
    List<Integer> exitcodes,
    Optional<UserId> user,
    boolean redirectStderr,
    ChannelConfig stdout,
    ChannelConfig stderr,
    Map<String, String> environment,
    Optional<String> serverurl) {}

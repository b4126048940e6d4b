package ee.supervisor.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One process: a {@code [program:x]} section, or one of its {@code numprocs} copies (manual:
 * "[program:x] Section Values"). Whether a {@code reread} calls it changed is {@link #sameAs}, not
 * {@code equals}.
 *
 * @param name the process's name, unique in its group
 * @param command the command line, expanded, not yet split into words
 * @param priority 0 first, at shutdown last
 * @param start when it is started, and when that has succeeded
 * @param restart when it is started again
 * @param stop how it is stopped
 * @param execution what it runs as, where and with which environment
 * @param redirectStderr stderr is sent into stdout
 * @param stdout what happens to its stdout
 * @param stderr what happens to its stderr
 * @param relations what it has to do with other programs
 * @param policy how often, and when, it is started again
 * @param health how it is known whether it is ready and lives
 * @param hooks what is run around its life
 * @param rollingUpdate whether an update restarts it in its turn among the others of its group
 */
public record ProcessConfig(
    String name,
    String command,
    long priority,
    Start start,
    Restart restart,
    Stop stop,
    Execution execution,
    boolean redirectStderr,
    ChannelConfig stdout,
    ChannelConfig stderr,
    Relations relations,
    RestartPolicy policy,
    HealthConfig health,
    HooksConfig hooks,
    boolean rollingUpdate) {

  /**
   * When a process is started, and when that has succeeded.
   *
   * @param automatic started with supervisord ({@code autostart})
   * @param minimumUptime how long it must stay up to be RUNNING ({@code startsecs})
   * @param retries failed starts before FATAL ({@code startretries}), -1 for as many as it takes
   */
  public record Start(boolean automatic, Duration minimumUptime, long retries) {
    /** As many as it takes. */
    private static final long FOR_EVER = -1;

    static Start of(OptionValues values) {
      return new Start(
          values.get(Options.AUTOSTART),
          values.get(Options.STARTSECS),
          values.get(Options.STARTRETRIES));
    }

    /** Whether a program gives up after so many failed starts in a row. */
    public boolean givesUpAfter(long failures) {
      return retries != FOR_EVER && failures > retries;
    }

    /** Whether it is RUNNING as soon as it exists. */
    public boolean isImmediate() {
      return minimumUptime.isZero() || minimumUptime.isNegative();
    }
  }

  /**
   * When a process that left RUNNING by itself is started again.
   *
   * @param when always, never, or by its exit code ({@code autorestart})
   * @param expectedCodes exit codes that are expected ({@code exitcodes})
   */
  public record Restart(Autorestart when, List<Integer> expectedCodes) {
    public Restart {
      expectedCodes = List.copyOf(expectedCodes);
    }

    static Restart of(OptionValues values) {
      return new Restart(values.get(Options.AUTORESTART), values.get(Options.EXITCODES));
    }

    /** Whether that exit code is one of those expected. */
    public boolean expects(int exitCode) {
      return expectedCodes.contains(exitCode);
    }
  }

  /**
   * How a process is stopped.
   *
   * @param signals numbers of the signals that ask it to stop, one after the other (stopsignal)
   * @param patience from one signal to the next, and from the last to SIGKILL (stopwaitsecs)
   * @param signalsGroup the signals go to its process group (stopasgroup)
   * @param killsGroup SIGKILL goes to its process group (killasgroup)
   */
  public record Stop(
      List<Integer> signals, Duration patience, boolean signalsGroup, boolean killsGroup) {
    public Stop {
      signals = List.copyOf(signals);
    }

    /** The first signal that asks it to stop. */
    public int signal() {
      return signals.get(0);
    }

    static Stop of(OptionValues values) throws ConfigException {
      boolean signalsGroup = values.get(Options.STOPASGROUP);
      boolean killsGroup = values.find(Options.KILLASGROUP).orElse(signalsGroup);
      if (signalsGroup && !killsGroup) {
        throw new ConfigException("Cannot set stopasgroup=true and killasgroup=false");
      }
      return new Stop(
          values.get(Options.STOPSIGNAL),
          values.get(Options.STOPWAITSECS),
          signalsGroup,
          killsGroup);
    }
  }

  /**
   * What a process runs as, where and with which environment.
   *
   * @param user whom it runs as, if not as supervisord
   * @param umask its umask, of which the lowest nine bits count; empty for supervisord's
   * @param directory where it runs, if not in supervisord's own directory; as the file has it
   * @param environment its own variables, those of [supervisord] merged in
   * @param serverurl value for SUPERVISOR_SERVER_URL; empty stands for supervisord's own (AUTO)
   */
  public record Execution(
      Optional<UserId> user,
      OptionalInt umask,
      Optional<String> directory,
      Map<String, String> environment,
      Optional<String> serverurl) {
    public Execution {
      environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /**
     * @param environment its variables, which other options may have named already
     */
    static Execution of(OptionValues values, Map<String, String> environment) {
      return new Execution(
          values.find(Options.PROGRAM_USER),
          values.find(Options.UMASK).map(OptionalInt::of).orElse(OptionalInt.empty()),
          values.find(Options.DIRECTORY),
          environment,
          values.find(Options.SERVERURL).filter(url -> !isAutomatic(url)));
    }

    private static boolean isAutomatic(String serverurl) {
      return WhiteSpace.strip(serverurl).toUpperCase(Locale.ROOT).equals("AUTO");
    }

    private Execution comparedById() {
      return new Execution(user.map(UserId::withoutName), umask, directory, environment, serverurl);
    }
  }

  /**
   * What a process has to do with others.
   *
   * @param section the header of its section, {@code program:x}; does not make it another program
   * @param needs what it waits for before it is started ({@code depends_on}), its group's included
   * @param restartedWith it is restarted when one of those was ({@code restart_with})
   */
  public record Relations(
      String section, List<Dependency> needs, List<ProcessSelector> restartedWith) {
    /** Has nothing to do with any other. */
    public static final Relations NONE = new Relations("", List.of(), List.of());

    public Relations {
      needs = List.copyOf(needs);
      restartedWith = List.copyOf(restartedWith);
    }

    /** The name of its program. */
    public String program() {
      return section.substring(section.indexOf(':') + 1);
    }

    private Relations withoutSection() {
      return new Relations("", needs, restartedWith);
    }
  }

  /**
   * When a process is started again, beyond what Supervisor knows.
   *
   * @param backoff how long it waits after a failed start ({@code restart_backoff})
   * @param pause before it is started again when it has ended ({@code restartpause})
   * @param limit how often it may be started ({@code startlimit})
   * @param memory bytes of memory above which it is restarted ({@code memory_restart})
   * @param maxAge how old it may become ({@code max_age})
   * @param files on whose change it is restarted ({@code restart_when_binary_changed} and its like)
   */
  public record RestartPolicy(
      Backoff backoff,
      Duration pause,
      Optional<StartLimit> limit,
      OptionalLong memory,
      Optional<MaxAge> maxAge,
      FileWatch files) {
    /** Supervisor's. */
    public static final RestartPolicy SUPERVISORS =
        new RestartPolicy(
            Backoff.SUPERVISORS,
            Duration.ZERO,
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            FileWatch.NONE);

    static RestartPolicy of(OptionValues values) throws ConfigException {
      return new RestartPolicy(
          values.find(Options.RESTART_BACKOFF).orElse(Backoff.SUPERVISORS),
          values.get(Options.RESTARTPAUSE),
          values.find(Options.STARTLIMIT),
          values.find(Options.MEMORY_RESTART).map(OptionalLong::of).orElse(OptionalLong.empty()),
          values.find(Options.MAX_AGE),
          FileWatch.of(values));
    }
  }

  /**
   * Whether a running process of this configuration may go on as it is under {@code next}: all is
   * equal, where {@code next} has {@code AUTO} for a log file that equals any (the other way round
   * a file is asked for that is not written to), a user is its numeric id, and how an update is
   * carried out does not count.
   */
  public boolean sameAs(ProcessConfig next) {
    return comparedFor(next).equals(next.comparedFor(next));
  }

  /** This, with output that goes nowhere and says nothing to anybody. */
  public ProcessConfig withoutLogs() {
    ChannelConfig none = new ChannelConfig(new LogDestination.None(), 0, 0, 0, false, false);
    return new ProcessConfig(
        name,
        command,
        priority,
        start,
        restart,
        stop,
        execution,
        redirectStderr,
        none,
        none,
        relations,
        policy,
        health,
        hooks,
        rollingUpdate);
  }

  /** What of this has to equal that of {@code next} for a running process to go on. */
  ProcessConfig comparedFor(ProcessConfig next) {
    return new ProcessConfig(
        name,
        command,
        priority,
        start,
        restart,
        stop,
        execution.comparedById(),
        redirectStderr,
        stdout.comparedFor(next.stdout),
        stderr.comparedFor(next.stderr),
        relations.withoutSection(),
        policy,
        health,
        hooks,
        next.rollingUpdate);
  }
}

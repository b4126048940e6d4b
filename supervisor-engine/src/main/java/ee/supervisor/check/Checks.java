package ee.supervisor.check;

import ee.supervisor.config.CheckConfig;
import ee.supervisor.config.CheckTarget;
import ee.supervisor.config.HealthConfig;
import ee.supervisor.event.ProcessState;
import ee.supervisor.output.OutputListener;
import ee.supervisor.process.Companion;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.ProcessServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/**
 * The checks of one process: they begin with each child and end with it, and what they come to is
 * done to the process. Confined to the control loop; the checks themselves are made on the {@link
 * CheckLoop}.
 */
public final class Checks implements Companion {
  private static final Duration SCRIPT_TIMEOUT = Duration.ofSeconds(60);

  private final HealthConfig config;
  private final ProcessServices services;
  private final CheckLoop loop;
  private final Resolver resolver;
  private List<CheckRun> runs = List.of();

  /** Whether the reason why a check fails may be shown as what the program says of itself. */
  private final boolean showsReasons;

  /**
   * Those that {@code config} has.
   *
   * @param background runs what may take time
   */
  public Checks(
      HealthConfig config, ProcessServices services, CheckLoop loop, Executor background) {
    this.config = config;
    this.services = services;
    this.loop = loop;
    this.resolver = new Resolver(loop, background);
    this.showsReasons = !config.notifies();
  }

  /** Whether there is something to check from here. */
  public static boolean areIn(HealthConfig config) {
    return config.readinessToCheck().isPresent() || config.livenessToCheck().isPresent();
  }

  @Override
  public OutputListener tap(ManagedProcess process, int pid, OutputListener listener) {
    if (config.readiness().isPresent()
        && config.readiness().get().target() instanceof CheckTarget.Log log) {
      Runnable found = () -> services.loop().execute(() -> ready(process, pid, true, ""));
      return new TappedListener(listener, new LineWatch(Pattern.compile(log.pattern()), found));
    }
    return listener;
  }

  @Override
  public void launched(ManagedProcess process) {
    released();
    int pid = process.child().orElseThrow().pid();
    List<CheckRun> begun = new ArrayList<>();
    config
        .readinessToCheck()
        .filter(check -> !(check.target() instanceof CheckTarget.Log))
        .ifPresent(check -> begun.add(run(process, pid, check, readiness(process, pid, check))));
    config
        .livenessToCheck()
        .ifPresent(check -> begun.add(run(process, pid, check, liveness(process, pid, check))));
    runs = begun;
    loop.execute(() -> begun.forEach(CheckRun::begin));
  }

  @Override
  public void released() {
    List<CheckRun> ended = runs;
    runs = List.of();
    if (!ended.isEmpty()) {
      loop.execute(() -> ended.forEach(CheckRun::cancel));
    }
  }

  private CheckRun run(
      ManagedProcess process, int pid, CheckConfig check, CheckRun.Verdicts verdicts) {
    return new CheckRun(loop, check, probes(process, pid, check), verdicts);
  }

  private Probe.Maker probes(ManagedProcess process, int pid, CheckConfig check) {
    CheckTarget target = check.target();
    if (target instanceof CheckTarget.Tcp tcp) {
      SocketProbe.Targets places = resolver.of(tcp.host(), tcp.port());
      return () -> new SocketProbe(loop, places, SocketProbe.Conversation.NONE);
    } else if (target instanceof CheckTarget.Unix unix) {
      SocketProbe.Targets places = Resolver.of(unix);
      return () -> new SocketProbe(loop, places, SocketProbe.Conversation.NONE);
    } else if (target instanceof CheckTarget.Http http) {
      SocketProbe.Targets places = resolver.of(http.host(), http.port());
      return () -> new SocketProbe(loop, places, new HttpConversation(loop, http));
    }
    return () ->
        new CommandProbe(
            loop,
            services.loop(),
            process.launcher(),
            target.text(),
            mainPid(pid),
            check.timeout());
  }

  private static Map<String, String> mainPid(int pid) {
    return Map.of("MAINPID", Integer.toString(pid));
  }

  private CheckRun.Verdicts readiness(ManagedProcess process, int pid, CheckConfig check) {
    return new Control() {
      @Override
      void onPassed() {
        ready(process, pid, true, "");
      }

      @Override
      void onFailing(String why) {
        if (showsReasons && isOf(process, pid)) {
          process.statusText(why);
        }
      }

      @Override
      void onFailed(long times, String why) {
        boolean wasReady = process.isReady();
        ready(process, pid, false, why);
        // until it has been ready it is only on its way
        if (wasReady) {
          act(process, pid, check, "readiness check of ", times, why);
        }
      }
    };
  }

  private CheckRun.Verdicts liveness(ManagedProcess process, int pid, CheckConfig check) {
    return new Control() {
      @Override
      void onPassed() {}

      @Override
      void onFailing(String why) {
        services.log().debug("liveness check of " + process.config().name() + " failed: " + why);
      }

      @Override
      void onFailed(long times, String why) {
        act(process, pid, check, "liveness check of ", times, why);
      }
    };
  }

  /** What the results of a check come to, on the control loop. */
  private abstract class Control implements CheckRun.Verdicts {
    abstract void onPassed();

    abstract void onFailing(String why);

    abstract void onFailed(long times, String why);

    @Override
    public void passed() {
      services.loop().execute(this::onPassed);
    }

    @Override
    public void failing(String why) {
      services.loop().execute(() -> onFailing(why));
    }

    @Override
    public void failed(long times, String why) {
      services.loop().execute(() -> onFailed(times, why));
    }
  }

  /** Whether that child is still the one, and is to run. */
  private static boolean isOf(ManagedProcess process, int pid) {
    return (process.state() == ProcessState.RUNNING || process.state() == ProcessState.STARTING)
        && process.child().filter(child -> child.pid() == pid).isPresent();
  }

  private void ready(ManagedProcess process, int pid, boolean now, String why) {
    if (isOf(process, pid)) {
      if (showsReasons) {
        process.statusText(why);
      }
      process.ready(now);
    }
  }

  private void act(
      ManagedProcess process, int pid, CheckConfig check, String what, long times, String why) {
    if (!isOf(process, pid)) {
      return;
    }
    String name = process.config().name();
    String said = what + name + " failed " + times + (times == 1 ? " time: " : " times: ") + why;
    CheckConfig.FailureAction action = check.action();
    if (action instanceof CheckConfig.FailureAction.Restart) {
      process.restart(said);
    } else if (action instanceof CheckConfig.FailureAction.Stop) {
      services.log().warn(said + "; stopping " + name);
      process.stop();
    } else if (action instanceof CheckConfig.FailureAction.Script script) {
      services.log().warn(said + "; running " + script.command());
      process
          .launcher()
          .run(
              script.command(),
              mainPid(pid),
              true,
              SCRIPT_TIMEOUT,
              outcome ->
                  outcome
                      .failure()
                      .ifPresent(e -> services.log().warn(script.command() + " failed: " + e)));
    } else {
      services.log().warn(said);
    }
  }
}

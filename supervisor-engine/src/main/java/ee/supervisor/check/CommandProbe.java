package ee.supervisor.check;

import ee.supervisor.process.ChildLauncher;
import ee.supervisor.process.CommandRun;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Runs a command. The control loop has it started and hears of its end, as of every child's; its
 * time is over there as well, which ends all that it has started.
 */
final class CommandProbe implements Probe {
  private final CheckLoop loop;
  private final Executor control;
  private final ChildLauncher launcher;
  private final String command;
  private final Map<String, String> variables;
  private final Duration timeout;

  /** Of the control loop. */
  private Optional<CommandRun> run = Optional.empty();

  private boolean cancelled;

  CommandProbe(
      CheckLoop loop,
      Executor control,
      ChildLauncher launcher,
      String command,
      Map<String, String> variables,
      Duration timeout) {
    this.loop = loop;
    this.control = control;
    this.launcher = launcher;
    this.command = command;
    this.variables = variables;
    this.timeout = timeout;
  }

  @Override
  public void begin(Consumer<Optional<String>> done) {
    control.execute(
        () -> {
          if (!cancelled) {
            run =
                Optional.of(
                    launcher.run(
                        command,
                        variables,
                        false,
                        timeout,
                        outcome -> loop.execute(() -> done.accept(outcome.failure()))));
          }
        });
  }

  @Override
  public void cancel() {
    control.execute(
        () -> {
          cancelled = true;
          run.ifPresent(running -> running.kill("it is not wanted any more"));
        });
  }
}

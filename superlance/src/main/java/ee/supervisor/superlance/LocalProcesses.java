package ee.supervisor.superlance;

import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.ProcessInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** The processes of the supervisord in whose JVM we are. */
final class LocalProcesses implements Processes {
  private final Supplier<Optional<Supervisor>> supervisor;

  /**
   * The processes of whatever supervisor there is when they are asked for.
   *
   * @param supervisor empty while there is none
   */
  LocalProcesses(Supplier<Optional<Supervisor>> supervisor) {
    this.supervisor = supervisor;
  }

  @Override
  public List<WatchedProcess> all() throws IOException {
    Instant now = Instant.now();
    return running().processes().stream().map(info -> process(info, now)).toList();
  }

  @Override
  public void stop(String name) throws IOException, StartStopRefusedException {
    await(s -> s.stopProcess(name, true));
  }

  @Override
  public void start(String name) throws IOException, StartStopRefusedException {
    await(s -> s.startProcess(name, true));
  }

  private Supervisor running() throws IOException {
    return supervisor.get().orElseThrow(() -> new IOException("no supervisor is running"));
  }

  private void await(Function<Supervisor, CompletionStage<Void>> command)
      throws IOException, StartStopRefusedException {
    try {
      command.apply(running()).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SupervisorException refused) {
        throw new StartStopRefusedException(refused.getMessage(), refused);
      }
      throw e;
    }
  }

  private static WatchedProcess process(ProcessInfo info, Instant now) {
    return new WatchedProcess(
        info.group(),
        info.name(),
        info.state() == ProcessState.RUNNING,
        info.pid(),
        Duration.between(info.start(), now));
  }
}

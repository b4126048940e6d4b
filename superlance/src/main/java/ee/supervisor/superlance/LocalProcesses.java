package ee.supervisor.superlance;

import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.ProcessInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The processes of the supervisord in whose JVM we are. */
final class LocalProcesses implements Processes {
  private final Supervisor supervisor;

  LocalProcesses(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  @Override
  public List<WatchedProcess> all() {
    Instant now = Instant.now();
    return supervisor.processes().stream().map(info -> process(info, now)).toList();
  }

  @Override
  public void stop(String name) throws RefusedException {
    await(supervisor.stopProcess(name, true));
  }

  @Override
  public void start(String name) throws RefusedException {
    await(supervisor.startProcess(name, true));
  }

  private static void await(CompletionStage<Void> command) throws RefusedException {
    try {
      command.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SupervisorException refused) {
        throw new RefusedException(refused.getMessage(), refused);
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

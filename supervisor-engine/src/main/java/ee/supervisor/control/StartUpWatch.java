package ee.supervisor.control;

import ee.supervisor.event.ProcessState;
import ee.supervisor.process.ManagedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Watches what starts with supervisord until each of it is there. Confined to the control loop, but
 * for {@link #startUp}.
 */
final class StartUpWatch {
  private final long begunNanos = System.nanoTime();
  private final List<Marks> marks;

  /** Watches those of {@code processes} that start with supervisord; none has been started. */
  StartUpWatch(List<ManagedProcess> processes) {
    marks =
        processes.stream()
            .filter(process -> process.config().start().automatic())
            .map(process -> new Marks(ProcessCommands.namespec(process)))
            .toList();
    int next = 0;
    for (ManagedProcess process : processes) {
      if (process.config().start().automatic()) {
        Marks own = marks.get(next++);
        process.watch(changed -> own.note(changed));
      }
    }
  }

  /** How far it is; from any thread. */
  StartUp startUp() {
    List<StartUp.Program> programs = marks.stream().map(Marks::program).toList();
    boolean over = programs.stream().allMatch(program -> program.settled().isPresent());
    Duration took =
        over
            ? programs.stream()
                .map(program -> program.settled().orElseThrow())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
            : sinceBegun(System.nanoTime());
    return new StartUp(over, took, programs);
  }

  private Duration sinceBegun(long nanos) {
    return Duration.ofNanos(nanos - begunNanos);
  }

  /** When something became of one process first; 0 for not yet. Written on the loop. */
  private final class Marks {
    private final String process;
    private volatile long started;
    private volatile long running;
    private volatile long ready;
    private volatile long ended;

    Marks(String process) {
      this.process = process;
    }

    /** Whether there is more to note. */
    boolean note(ManagedProcess changed) {
      long now = System.nanoTime();
      ProcessState state = changed.state();
      if (started == 0 && state != ProcessState.STOPPED) {
        started = now;
      }
      if (running == 0 && state == ProcessState.RUNNING) {
        running = now;
      }
      if (ready == 0 && changed.isReady()) {
        ready = now;
      }
      if (started != 0 && state.isStopped()) {
        ended = now;
      }
      // one that completes is of use to others when it has ended: that may be later than ready
      return ended == 0;
    }

    StartUp.Program program() {
      return new StartUp.Program(
          process, since(started), since(running), since(ready), since(ended));
    }

    private Optional<Duration> since(long nanos) {
      return nanos == 0 ? Optional.empty() : Optional.of(sinceBegun(nanos));
    }
  }
}

package ee.supervisor.control;

import ee.supervisor.config.Dependency;
import ee.supervisor.process.DependencyLink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long it took until all that starts with supervisord was there. Times are counted from when
 * the first of it was started.
 *
 * @param over whether each of them is ready, has ended or was given up
 * @param took until the last of them was; until now, if it is not over
 * @param programs those that start with supervisord
 */
public record StartUp(boolean over, Duration took, List<Program> programs) {

  public StartUp {
    programs = List.copyOf(programs);
  }

  /**
   * When something became of a process for the first time.
   *
   * @param process as operators write its name
   * @param started there was a start of it
   * @param running it was RUNNING
   * @param ready it was ready
   * @param ended it had ended by itself, was stopped or was given up
   */
  public record Program(
      String process,
      Optional<Duration> started,
      Optional<Duration> running,
      Optional<Duration> ready,
      Optional<Duration> ended) {

    /** When others did not have to wait for it any more. */
    public Optional<Duration> settled() {
      return ready.or(() -> ended);
    }

    private Optional<Duration> met(Dependency.Condition condition) {
      return switch (condition) {
        case STARTED -> started;
        case RUNNING -> running;
        case READY -> ready;
        case COMPLETED, EXITED -> ended;
      };
    }
  }

  /**
   * A part of the start-up that would have been shorter if it had been.
   *
   * @param process what it took the time for
   * @param from when it was started
   * @param to when the next one could be, or it was all over
   */
  public record Critical(String process, Duration from, Duration to) {}

  /**
   * What was critical: the process that was there last, before it what that had waited for longest,
   * and so on; the earliest first. Empty while nothing is there yet.
   *
   * @param links who needs whom
   */
  public List<Critical> critical(List<DependencyLink> links) {
    Map<String, Program> byName = new HashMap<>();
    programs.forEach(program -> byName.put(program.process(), program));
    Deque<Critical> path = new ArrayDeque<>();
    Optional<Program> last =
        programs.stream()
            .filter(program -> program.settled().isPresent() && program.started().isPresent())
            .max(Comparator.comparing(program -> program.settled().orElseThrow()));
    Duration until = last.flatMap(Program::settled).orElse(Duration.ZERO);
    while (last.isPresent() && path.size() <= programs.size()) {
      Program program = last.get();
      Duration from = program.started().orElseThrow();
      path.addFirst(new Critical(program.process(), from, until));
      Optional<Met> waitedFor =
          links.stream()
              .filter(link -> link.process().equals(program.process()))
              .flatMap(link -> met(byName.get(link.needs()), link).stream())
              .filter(met -> met.at().compareTo(from) <= 0)
              .max(Comparator.comparing(Met::at));
      until = waitedFor.map(Met::at).orElse(Duration.ZERO);
      last = waitedFor.map(Met::program);
    }
    return List.copyOf(path);
  }

  /** A need that was met at some time. */
  private record Met(Program program, Duration at) {}

  private static Optional<Met> met(Program program, DependencyLink link) {
    return program == null || program.started().isEmpty()
        ? Optional.empty()
        : program.met(link.condition()).map(at -> new Met(program, at));
  }
}

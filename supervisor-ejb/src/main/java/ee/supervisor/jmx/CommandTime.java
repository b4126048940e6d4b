package ee.supervisor.jmx;

import ee.supervisor.config.ProcessConfig;
import ee.supervisor.control.Supervisor;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.DependencyLink;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.UnmetNeed;
import ee.supervisor.protocol.Namespec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How long a command may take before its caller learns that it goes on: what the configuration
 * grants the processes, and those that come before them because of {@code depends_on}. An upper
 * bound, as of one moment; immutable.
 */
final class CommandTime {
  private final Supervisor supervisor;
  private final Map<String, ProcessInfo> processes;
  private final List<DependencyLink> links;

  private CommandTime(Supervisor supervisor) {
    this.supervisor = supervisor;
    this.links = supervisor.dependencies();
    this.processes =
        supervisor.processes().stream()
            .collect(Collectors.toMap(CommandTime::name, Function.identity(), (a, b) -> a));
  }

  /** That of commands to {@code supervisor}, as things are now. */
  static CommandTime of(Supervisor supervisor) {
    return new CommandTime(supervisor);
  }

  private static String name(ProcessInfo process) {
    return Namespec.of(process.group(), process.name());
  }

  /** For a start of some, each after what it needs. */
  Duration toStart(Collection<ProcessInfo> some) {
    Set<String> all = reached(some, DependencyLink::process, DependencyLink::needs);
    Set<String> before =
        links.stream()
            .filter(link -> all.contains(link.process()))
            .map(DependencyLink::needs)
            .filter(needed -> isDown(processes.get(needed)))
            .collect(Collectors.toSet());
    return inTurn(all, before, CommandTime::uptime);
  }

  private static boolean isDown(ProcessInfo process) {
    return process != null && process.state() != ProcessState.RUNNING;
  }

  /** For a stop of some, each after those among them that need it. */
  Duration toStop(Collection<ProcessInfo> some) {
    return toStop(some.stream().map(CommandTime::name).collect(Collectors.toSet()));
  }

  /** For a stop of some, and before that of all that need them. */
  Duration toStopWithDependents(Collection<ProcessInfo> some) {
    return toStop(reached(some, DependencyLink::needs, DependencyLink::process));
  }

  private Duration toStop(Set<String> all) {
    Set<String> before =
        links.stream()
            .filter(link -> all.contains(link.needs()))
            .map(DependencyLink::process)
            .filter(all::contains)
            .collect(Collectors.toSet());
    return inTurn(all, before, CommandTime::patience);
  }

  /** For a stop of some, followed by a start. */
  Duration toRestart(Collection<ProcessInfo> some) {
    return toStop(some).plus(toStart(some));
  }

  /** Some processes and all that is reached from them by following the links. */
  private Set<String> reached(
      Collection<ProcessInfo> some,
      Function<DependencyLink, String> from,
      Function<DependencyLink, String> to) {
    Map<String, Set<String>> next = new HashMap<>();
    for (DependencyLink link : links) {
      next.computeIfAbsent(from.apply(link), n -> new HashSet<>()).add(to.apply(link));
    }
    Set<String> found = some.stream().map(CommandTime::name).collect(Collectors.toSet());
    Deque<String> left = new ArrayDeque<>(found);
    while (!left.isEmpty()) {
      for (String other : next.getOrDefault(left.remove(), Set.of())) {
        if (found.add(other)) {
          left.add(other);
        }
      }
    }
    return found;
  }

  /** The longest of all, after each of those before one of them. */
  private Duration inTurn(
      Set<String> all, Set<String> before, Function<ProcessConfig, Duration> time) {
    Duration longest =
        all.stream().map(name -> time(name, time)).reduce(Duration.ZERO, CommandTime::longer);
    Duration first =
        before.stream().map(name -> time(name, time)).reduce(Duration.ZERO, Duration::plus);
    return BoundedWait.MARGIN.plus(longest).plus(first);
  }

  private Duration time(String name, Function<ProcessConfig, Duration> time) {
    ProcessInfo process = processes.get(name);
    if (process == null) {
      return Duration.ZERO;
    }
    return Duration.ofSeconds(
        Math.min(time.apply(process.config()).toSeconds(), Integer.MAX_VALUE));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static Duration uptime(ProcessConfig config) {
    return config.start().minimumUptime();
  }

  private static Duration patience(ProcessConfig config) {
    return config.stop().patience().multipliedBy(config.stop().signals().size());
  }

  /** What some wait for at the moment, as in ", web waits for db to be ready"; or nothing. */
  String waits(Collection<ProcessInfo> some) {
    Set<String> names = some.stream().map(CommandTime::name).collect(Collectors.toSet());
    return supervisor.processes().stream()
        .filter(process -> names.contains(name(process)) && !process.waitsFor().isEmpty())
        .map(
            process ->
                ", %s waits for %s"
                    .formatted(
                        name(process),
                        process.waitsFor().stream()
                            .map(UnmetNeed::toString)
                            .collect(Collectors.joining(", "))))
        .collect(Collectors.joining());
  }
}

package ee.supervisor.door.metrics;

import ee.supervisor.control.Supervisor;
import ee.supervisor.event.ProcessState;
import ee.supervisor.event.SupervisorState;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.ProcessUsage;
import ee.supervisor.process.UsageSampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The figures of a supervisor and of all its processes. */
final class SupervisorMetrics implements MetricsSource {
  private static final System.Logger LOG = System.getLogger(SupervisorMetrics.class.getName());

  private final Supervisor supervisor;
  private final UsageSampler usage;
  private final Duration loopLatency;

  /**
   * @param loopLatency how long the control loop took to answer just now
   */
  SupervisorMetrics(Supervisor supervisor, UsageSampler usage, Duration loopLatency) {
    this.supervisor = supervisor;
    this.usage = usage;
    this.loopLatency = loopLatency;
  }

  @Override
  public List<MetricFamily> collect() {
    List<ProcessInfo> processes = supervisor.processes();
    List<MetricFamily> families = new ArrayList<>();
    families.add(
        MetricFamily.gauge(
            "supervisor_running",
            "Whether supervisord runs: 0 while it stops or restarts.",
            supervisor.state() == SupervisorState.RUNNING ? 1 : 0));
    families.add(
        MetricFamily.gauge(
            "supervisor_loop_latency_seconds",
            "How long the control loop took to answer when this was asked for.",
            loopLatency.toNanos() / 1e9));
    families.add(counts(processes));
    families.add(states(processes));
    families.add(restarts(processes));
    families.add(startTimes(processes));
    families.add(exitStatuses(processes));
    families.add(logBytes(processes));
    usage(processes, families);
    return families;
  }

  private static MetricFamily counts(List<ProcessInfo> processes) {
    Map<ProcessState, Integer> counts = new EnumMap<>(ProcessState.class);
    Stream.of(ProcessState.values()).forEach(state -> counts.put(state, 0));
    processes.forEach(process -> counts.merge(process.state(), 1, Integer::sum));
    MetricFamily.Builder family =
        new MetricFamily.Builder(
            MetricFamily.Type.GAUGE, "supervisor_processes", "Number of processes in each state.");
    counts.forEach((state, count) -> family.add(Map.of("state", name(state)), count));
    return family.build();
  }

  private static MetricFamily states(List<ProcessInfo> processes) {
    MetricFamily.Builder family =
        new MetricFamily.Builder(
            MetricFamily.Type.GAUGE,
            "supervisor_process_state",
            "1 for the state that the process is in.");
    for (ProcessInfo process : processes) {
      for (ProcessState state : ProcessState.values()) {
        family.add(labels(process, "state", name(state)), process.state() == state ? 1 : 0);
      }
    }
    return family.build();
  }

  private static MetricFamily restarts(List<ProcessInfo> processes) {
    MetricFamily.Builder family =
        new MetricFamily.Builder(
            MetricFamily.Type.COUNTER,
            "supervisor_process_restarts",
            "How often supervisord has started the process again.");
    processes.forEach(process -> family.add(labels(process), (double) process.restarts()));
    return family.build();
  }

  private static MetricFamily startTimes(List<ProcessInfo> processes) {
    MetricFamily.Builder family =
        new MetricFamily.Builder(
            MetricFamily.Type.GAUGE,
            "supervisor_process_start_time_seconds",
            "When the process was started, since the epoch; only while there is one.");
    processes.stream()
        .filter(process -> process.pid() > 0)
        .forEach(process -> family.add(labels(process), seconds(process.start())));
    return family.build();
  }

  private static MetricFamily exitStatuses(List<ProcessInfo> processes) {
    MetricFamily.Builder family =
        new MetricFamily.Builder(
            MetricFamily.Type.GAUGE,
            "supervisor_process_exit_status",
            "Exit code of the process's last end, -1 for a signal; only if it has ended.");
    processes.stream()
        .filter(process -> process.stop().isAfter(Instant.EPOCH))
        .forEach(process -> family.add(labels(process), process.exitStatus()));
    return family.build();
  }

  private static MetricFamily logBytes(List<ProcessInfo> processes) {
    MetricFamily.Builder family =
        new MetricFamily.Builder(
            MetricFamily.Type.GAUGE,
            "supervisor_process_log_bytes",
            "Size of the log file, without rotated.");
    for (ProcessInfo process : processes) {
      addSize(family, process, "stdout", process.stdoutLogfile());
      addSize(family, process, "stderr", process.stderrLogfile());
    }
    return family.build();
  }

  private static void addSize(
      MetricFamily.Builder family, ProcessInfo process, String channel, Optional<Path> log) {
    if (log.isPresent() && Files.isRegularFile(log.get())) {
      try {
        family.add(labels(process, "channel", channel), (double) Files.size(log.get()));
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a log that has just been removed", e);
      }
    }
  }

  private void usage(List<ProcessInfo> processes, List<MetricFamily> families) {
    MetricFamily.Builder cpu =
        new MetricFamily.Builder(
            MetricFamily.Type.COUNTER,
            "supervisor_process_cpu_seconds",
            "Processor time of the process, its children not included.");
    MetricFamily.Builder memory =
        new MetricFamily.Builder(
            MetricFamily.Type.GAUGE,
            "supervisor_process_resident_memory_bytes",
            "Resident memory.");
    for (ProcessInfo process : processes) {
      if (process.pid() > 0) {
        ProcessUsage used = usage.usage(process.pid());
        cpu.add(labels(process), used.cpu().toNanos() / 1e9);
        memory.add(labels(process), (double) used.residentBytes());
      }
    }
    families.add(cpu.build());
    families.add(memory.build());
  }

  private static Map<String, String> labels(ProcessInfo process) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("group", process.group());
    labels.put("name", process.name());
    return labels;
  }

  private static Map<String, String> labels(ProcessInfo process, String name, String value) {
    Map<String, String> labels = labels(process);
    labels.put(name, value);
    return labels;
  }

  private static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }

  private static String name(ProcessState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}

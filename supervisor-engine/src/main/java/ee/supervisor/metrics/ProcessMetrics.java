package ee.supervisor.metrics;

import static ee.supervisor.metrics.MetricFamily.and;

import ee.supervisor.event.ProcessState;
import ee.supervisor.process.ExitCause;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.process.ProcessMeasurements;
import ee.supervisor.process.ProcessUsage;
import ee.supervisor.process.UsageSampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The figures of all supervised processes. */
final class ProcessMetrics implements MetricsSource {
  private static final System.Logger LOG = System.getLogger(ProcessMetrics.class.getName());

  private final List<ProcessMeasurements> processes;
  private final UsageSampler usage;
  private final Instant now;

  ProcessMetrics(List<ProcessMeasurements> processes, UsageSampler usage, Instant now) {
    this.processes = processes;
    this.usage = usage;
    this.now = now;
  }

  @Override
  public List<MetricFamily> collect() {
    return Stream.of(lives(), ends(), logs(), usage()).flatMap(List::stream).toList();
  }

  private List<MetricFamily> lives() {
    MetricFamily.Builder counts =
        gauge("supervisor_processes", "Number of processes in each state.");
    MetricFamily.Builder states =
        gauge("supervisor_process_state", "1 for the state that the process is in.");
    MetricFamily.Builder starts =
        gauge(
            "supervisor_process_start_time_seconds",
            "When the process was started, since the epoch; only while there is one.");
    MetricFamily.Builder uptimes =
        gauge(
            "supervisor_process_uptime_seconds",
            "How long the process has been running, 0 while there is none.");
    Map<ProcessState, Integer> inState = new EnumMap<>(ProcessState.class);
    Stream.of(ProcessState.values()).forEach(state -> inState.put(state, 0));
    for (ProcessMeasurements each : processes) {
      ProcessInfo process = each.info();
      Map<String, String> labels = labels(process);
      inState.merge(process.state(), 1, Integer::sum);
      for (ProcessState state : ProcessState.values()) {
        states.add(and(labels, "state", name(state)), process.state() == state ? 1 : 0);
      }
      boolean there = process.pid() > 0;
      if (there) {
        starts.add(labels, process.start().toEpochMilli() / 1000.0);
      }
      Duration uptime = there ? Duration.between(process.start(), now) : Duration.ZERO;
      uptimes.add(labels, Math.max(0, uptime.toMillis() / 1000.0));
    }
    inState.forEach((state, count) -> counts.add(Map.of("state", name(state)), count));
    return List.of(counts.build(), states.build(), starts.build(), uptimes.build());
  }

  private List<MetricFamily> ends() {
    MetricFamily.Builder restarts =
        counter(
            "supervisor_process_restarts", "How often supervisord has started the process again.");
    MetricFamily.Builder errors =
        counter("supervisor_process_spawn_errors", "How often the process could not be started.");
    MetricFamily.Builder exits =
        counter(
            "supervisor_process_exits",
            "How often the process has ended, by its exit code or by a signal.");
    MetricFamily.Builder last =
        gauge(
            "supervisor_process_exit_status",
            "Exit code of the process's last end, -1 for a signal; only while it does not run.");
    for (ProcessMeasurements each : processes) {
      ProcessInfo process = each.info();
      Map<String, String> labels = labels(process);
      restarts.add(labels, process.counts().restarts());
      errors.add(labels, process.counts().spawnErrors());
      process.counts().exits().entrySet().stream()
          .sorted(Map.Entry.comparingByKey(Comparator.comparing(ExitCause::toString)))
          .forEach(exit -> exits.add(labels(labels, exit.getKey()), exit.getValue()));
      if (process.pid() == 0 && process.stop().isAfter(Instant.EPOCH)) {
        last.add(labels, process.exitStatus());
      }
    }
    return List.of(restarts.build(), errors.build(), exits.build(), last.build());
  }

  private List<MetricFamily> logs() {
    MetricFamily.Builder sizes =
        gauge("supervisor_process_log_bytes", "Size of the log file, without rotated.");
    MetricFamily.Builder written =
        counter("supervisor_process_log_written_bytes", "Bytes written to the log file.");
    for (ProcessMeasurements each : processes) {
      Optional<Path> stdout = each.info().stdoutLogfile();
      Optional<Path> stderr = each.info().stderrLogfile();
      Map<String, String> out = and(labels(each.info()), "channel", "stdout");
      Map<String, String> err = and(labels(each.info()), "channel", "stderr");
      stdout.ifPresent(log -> addSize(sizes, out, log));
      stderr.ifPresent(log -> addSize(sizes, err, log));
      stdout.ifPresent(log -> written.add(out, each.stdoutBytesWritten()));
      stderr.ifPresent(log -> written.add(err, each.stderrBytesWritten()));
    }
    return List.of(sizes.build(), written.build());
  }

  private static void addSize(MetricFamily.Builder family, Map<String, String> labels, Path log) {
    if (Files.isRegularFile(log)) {
      try {
        family.add(labels, Files.size(log));
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a log that has just been removed", e);
      }
    }
  }

  private List<MetricFamily> usage() {
    MetricFamily.Builder cpu =
        counter(
            "supervisor_process_cpu_seconds",
            "Processor time of the process, its children not included.");
    MetricFamily.Builder memory =
        gauge("supervisor_process_resident_memory_bytes", "Resident memory of the process.");
    for (ProcessMeasurements each : processes) {
      ProcessInfo process = each.info();
      if (process.pid() > 0) {
        ProcessUsage used = usage.usage(process.pid());
        cpu.add(labels(process), used.cpu().toNanos() / 1e9);
        memory.add(labels(process), used.residentBytes());
      }
    }
    return List.of(cpu.build(), memory.build());
  }

  private static MetricFamily.Builder gauge(String name, String help) {
    return new MetricFamily.Builder(MetricFamily.Type.GAUGE, name, help);
  }

  private static MetricFamily.Builder counter(String name, String help) {
    return new MetricFamily.Builder(MetricFamily.Type.COUNTER, name, help);
  }

  private static Map<String, String> labels(ProcessInfo process) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("group", process.group());
    labels.put("name", process.name());
    return labels;
  }

  /** Both labels are always there: figures of one family should not differ in that. */
  private static Map<String, String> labels(Map<String, String> labels, ExitCause cause) {
    return and(and(labels, "code", cause.code()), "signal", cause.signal());
  }

  private static String name(ProcessState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}

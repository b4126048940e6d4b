package ee.supervisor.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import ee.supervisor.process.ProcessUsage;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What supervisord uses itself, by the names that every Prometheus client library gives it. */
final class OwnMetrics implements MetricsSource {
  private final ProcessUsage usage;

  /**
   * @param usage what supervisord's own process uses
   */
  OwnMetrics(ProcessUsage usage) {
    this.usage = usage;
  }

  @Override
  public List<MetricFamily> collect() {
    List<MetricFamily> families = new ArrayList<>();
    families.add(
        MetricFamily.counter(
            "process_cpu_seconds",
            "Processor time of supervisord itself.",
            usage.cpu().toNanos() / 1e9));
    families.add(
        MetricFamily.gauge(
            "process_resident_memory_bytes",
            "Resident memory of supervisord itself.",
            (double) usage.residentBytes()));
    families.add(
        MetricFamily.gauge(
            "process_start_time_seconds",
            "When supervisord's process was started, since the epoch.",
            ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      families.add(
          MetricFamily.gauge(
              "process_open_fds",
              "Descriptors that supervisord has open.",
              (double) system.getOpenFileDescriptorCount()));
      families.add(
          MetricFamily.gauge(
              "process_max_fds",
              "Descriptors that supervisord may have open.",
              (double) system.getMaxFileDescriptorCount()));
    }
    families.add(memory());
    families.add(
        MetricFamily.gauge(
            "jvm_threads_current",
            "Threads of supervisord's JVM.",
            ManagementFactory.getThreadMXBean().getThreadCount()));
    return families;
  }

  private static MetricFamily memory() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    MetricFamily.Builder used =
        new MetricFamily.Builder(
            MetricFamily.Type.GAUGE,
            "jvm_memory_used_bytes",
            "Memory that supervisord's JVM uses.");
    Map<String, MemoryUsage> areas =
        Map.of("heap", memory.getHeapMemoryUsage(), "nonheap", memory.getNonHeapMemoryUsage());
    List.of("heap", "nonheap")
        .forEach(area -> used.add(Map.of("area", area), areas.get(area).getUsed()));
    return used.build();
  }
}

package ee.supervisor.control;

import ee.supervisor.config.MaxAge;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.event.ProcessState;
import ee.supervisor.posix.PromptThread;
import ee.supervisor.process.ChildProcess;
import ee.supervisor.process.ManagedProcess;
import ee.supervisor.process.MemoryUse;
import ee.supervisor.process.ProcessServices;
import ee.supervisor.process.ProcessTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Restarts what has become too old or too large ({@code max_age}, {@code memory_restart}). Looks
 * once a second, and every other second at /proc, where a program asks for it. Confined to the
 * control loop.
 */
final class Upkeep {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ProcessTable table;
  private final ProcessServices services;
  private final Executor background;

  /** When each child is to be restarted because of its age. */
  private final Map<ChildProcess, Long> deadlines = new HashMap<>();

  private boolean scheduled;
  private boolean measuring;
  private boolean measuresNext;

  /**
   * @param background for what looks at files
   */
  Upkeep(ProcessTable table, ProcessServices services, Executor background) {
    this.table = table;
    this.services = services;
    this.background = background;
  }

  /** Begins to look, if any active program asks for it. */
  void begin() {
    if (!scheduled && table.processesByPriority().stream().anyMatch(Upkeep::asks)) {
      scheduled = true;
      services.schedule(INTERVAL, this::look);
    }
  }

  private static boolean asks(ManagedProcess process) {
    ProcessConfig.RestartPolicy policy = process.config().policy();
    return policy.maxAge().isPresent() || policy.memory().isPresent();
  }

  private void look() {
    scheduled = false;
    begin();
    List<ManagedProcess> running =
        table.processesByPriority().stream()
            .filter(p -> p.state() == ProcessState.RUNNING && asks(p))
            .toList();
    Set<ChildProcess> alive =
        running.stream().flatMap(p -> p.child().stream()).collect(Collectors.toSet());
    deadlines.keySet().retainAll(alive);
    for (ManagedProcess process : running) {
      services.guard().run(process, () -> lookAtAge(process));
    }
    measuresNext = !measuresNext;
    if (measuresNext && !measuring) {
      measure(running.stream().filter(p -> p.config().policy().memory().isPresent()).toList());
    }
  }

  private void lookAtAge(ManagedProcess process) {
    if (process.config().policy().maxAge().isEmpty() || process.child().isEmpty()) {
      return;
    }
    MaxAge maxAge = process.config().policy().maxAge().get();
    long now = services.nanoTime();
    long deadline =
        deadlines.computeIfAbsent(process.child().get(), born -> deadline(process, maxAge, now));
    if (now - deadline >= 0) {
      deadlines.remove(process.child().get());
      services.log().info("restarting '%s': max_age=%s".formatted(process.config().name(), maxAge));
      process.restart();
    }
  }

  private static long deadline(ManagedProcess process, MaxAge maxAge, long now) {
    Duration left = maxAge.of(ThreadLocalRandom.current().nextDouble()).minus(process.sinceStart());
    return now + left.toNanos();
  }

  private void measure(List<ManagedProcess> large) {
    Map<Integer, ManagedProcess> byPid = new HashMap<>();
    large.forEach(p -> p.child().ifPresent(child -> byPid.put(child.pid(), p)));
    if (byPid.isEmpty()) {
      return;
    }
    measuring = true;
    Set<Integer> pids = Set.copyOf(byPid.keySet());
    background.execute(
        () -> {
          try {
            PromptThread.assertNotOn("measure", "/proc");
            Map<Integer, Long> bytes = MemoryUse.of(pids);
            services.loop().execute(() -> bytes.forEach((pid, used) -> weigh(byPid, pid, used)));
          } finally {
            services.loop().execute(() -> measuring = false);
          }
        });
  }

  private void weigh(Map<Integer, ManagedProcess> byPid, int pid, long bytes) {
    ManagedProcess process = byPid.get(pid);
    long limit = process.config().policy().memory().orElse(Long.MAX_VALUE);
    boolean same = process.child().filter(child -> child.pid() == pid).isPresent();
    if (same && process.state() == ProcessState.RUNNING && bytes > limit) {
      services
          .log()
          .warn(
              "restarting '%s': it uses %d bytes of memory, more than memory_restart=%d"
                  .formatted(process.config().name(), bytes, limit));
      process.restart();
    }
  }
}

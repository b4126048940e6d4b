package ee.supervisor.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.posix.Kernel;
import ee.supervisor.posix.PosixException;
import ee.supervisor.posix.ZombieWatch;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Children that are killed at random all come back, and leave nothing behind. */
class ChaosTest {
  private static final int CHILDREN = 50;
  private static final int BURSTS = 40;
  private static final int KILLS_AT_ONCE = 20;

  @TempDir private Path directory;

  @Test
  void everyKilledChildIsBackWithoutZombieOrLeakedDescriptor() throws PosixException {
    // what another class of this JVM has left is that one's fault, see ZombieWatch
    Set<Long> before = ZombieWatch.zombies();
    try (RunningEngine supervisor =
        RunningEngine.start(
            directory,
            "[program:c]\ncommand=/bin/sleep 1000\nstartsecs=0\nautorestart=true\nnumprocs="
                + CHILDREN
                + "\nprocess_name=%(program_name)s%(process_num)d\n")) {
      awaitAllRunning(supervisor);
      long descriptors = openDescriptors();
      Random random = new Random(42);

      for (int burst = 0; burst < BURSTS; burst++) {
        List<ProcessInfo> alive = supervisor.engine().processes();
        Set<Integer> killed = new HashSet<>();
        for (int i = 0; i < KILLS_AT_ONCE; i++) {
          int pid = alive.get(random.nextInt(alive.size())).pid();
          if (killed.add(pid)) {
            Kernel.kill(pid, Signals.SIGKILL);
          }
        }
        await()
            .atMost(Duration.ofSeconds(30))
            .pollInterval(Duration.ofMillis(1))
            .until(() -> allRunningBut(supervisor, killed));
      }

      awaitAllRunning(supervisor);
      await().until(() -> openDescriptors() <= descriptors);
      assertThat(supervisor.engine().processes())
          .allMatch(p -> Files.exists(Path.of("/proc/" + p.pid())));
      await().untilAsserted(() -> assertThat(ZombieWatch.zombies()).isSubsetOf(before));
    }
  }

  private static void awaitAllRunning(RunningEngine supervisor) {
    await().atMost(Duration.ofSeconds(30)).until(() -> allRunningBut(supervisor, Set.of()));
  }

  private static boolean allRunningBut(RunningEngine supervisor, Set<Integer> gone) {
    return supervisor.engine().processes().stream()
        .allMatch(p -> p.state() == ProcessState.RUNNING && p.pid() > 0 && !gone.contains(p.pid()));
  }

  private static long openDescriptors() {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

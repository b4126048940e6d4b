package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Has a test class fail that leaves a child which has ended and which nobody has waited for. All
 * classes run in one JVM, so that it would be another class that sees it.
 */
public final class ZombieWatch implements AfterAllCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Those that a class has failed for. */
  private static final Set<Long> KNOWN = ConcurrentHashMap.newKeySet();

  @Override
  public void afterAll(ExtensionContext context) {
    try {
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .untilAsserted(() -> assertThat(fresh()).as("zombies").isEmpty());
    } finally {
      KNOWN.addAll(zombies());
    }
  }

  private static Set<Long> fresh() {
    return zombies().stream().filter(pid -> !KNOWN.contains(pid)).collect(Collectors.toSet());
  }

  /** The children of this JVM that have ended and are not waited for. */
  public static Set<Long> zombies() {
    return ProcessHandle.current()
        .children()
        .map(ProcessHandle::pid)
        .filter(pid -> state(pid).equals("Z"))
        .collect(Collectors.toSet());
  }

  private static String state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
    } catch (IOException gone) {
      return "gone";
    }
  }
}

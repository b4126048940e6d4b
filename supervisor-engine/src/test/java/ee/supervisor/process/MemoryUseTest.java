package ee.supervisor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryUseTest {

  @Test
  void whatAChildHasStartedCountsForIt() throws Exception {
    Process shell = new ProcessBuilder("/bin/sh", "-c", "sleep 1000 & sleep 1000 & wait").start();
    try {
      int pid = (int) shell.pid();
      await().until(() -> shell.descendants().count() == 2);
      long alone = ProcStat.read(pid).orElseThrow().residentBytes();
      Map<Integer, Long> bytes = MemoryUse.of(Set.of(pid));
      assertThat(bytes).containsOnlyKeys(pid);
      assertThat(bytes.get(pid)).isGreaterThan(alone);
    } finally {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly().waitFor();
    }
  }

  @Test
  void whatIsNotThereUsesNothing() {
    assertThat(MemoryUse.of(Set.of(Integer.MAX_VALUE))).isEmpty();
  }
}

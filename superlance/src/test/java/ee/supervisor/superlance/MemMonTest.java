package ee.supervisor.superlance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The watched process is this JVM: it surely has more than a megabyte and less than a terabyte. */
class MemMonTest {
  private static final Notice TICK = new Notice("TICK_60", Map.of());
  private static final long LITTLE = 1024 * 1024;
  private static final long PLENTY = 1L << 40;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-03T07:21:44.123Z"), ZoneOffset.UTC);

  private final RecordedProcesses processes = new RecordedProcesses();
  private final RecordedMailer mailer = new RecordedMailer();
  private final RecordedStream log = new RecordedStream();
  private final int self = (int) ProcessHandle.current().pid();

  MemMonTest() {
    processes.all.add(new WatchedProcess("shop", "cart", true, self, Duration.ofMinutes(5)));
    processes.all.add(new WatchedProcess("idle", "idle", false, 0, Duration.ZERO));
  }

  @Test
  void aProcessAboveItsLimitIsRestartedAndMailed() throws IOException {
    watcher(Map.of("shop:cart", LITTLE), Map.of(), OptionalLong.empty()).hear(TICK);

    assertThat(processes.commands).containsExactly("stop shop:cart", "start shop:cart");
    assertThat(mailer.subjects()).containsExactly("memmon: process shop:cart restarted");
    assertThat(mailer.mails.get(0).body())
        .matches(
            "memmon.py restarted the process named shop:cart at Tue Nov  3 07:21:44 2026 because it"
                + " was consuming too much memory \\(\\d+ bytes RSS\\)");
    assertThat(log.text())
        .contains(
            "Checking programs shop:cart=1048576\n",
            "RSS of shop:cart is ",
            "Restarting shop:cart\n");
  }

  @Test
  void aProcessBelowItsLimitIsLeftAlone() throws IOException {
    watcher(Map.of("cart", PLENTY), Map.of("shop", PLENTY), OptionalLong.of(PLENTY)).hear(TICK);

    assertThat(processes.commands).isEmpty();
  }

  @Test
  void itIsRestartedOnceHoweverManyLimitsItBreaks() throws IOException {
    watcher(Map.of("cart", LITTLE), Map.of("shop", LITTLE), OptionalLong.of(LITTLE)).hear(TICK);

    assertThat(processes.commands).hasSize(2);
  }

  @Test
  void theLimitOfAGroupCountsForItsProcesses() throws IOException {
    watcher(Map.of(), Map.of("shop", LITTLE), OptionalLong.empty()).hear(TICK);

    assertThat(processes.commands).containsExactly("stop shop:cart", "start shop:cart");
    assertThat(log.text()).startsWith("Checking groups shop=1048576\n");
  }

  @Test
  void aProcessThatWasUpForLongIsNotMailed() throws IOException {
    memmon(
            new MemMon.Options(
                new TreeMap<>(),
                new TreeMap<>(),
                OptionalLong.of(LITTLE),
                false,
                Optional.of("ops@example.com"),
                Optional.of(Duration.ofMinutes(4)),
                Optional.empty()))
        .hear(TICK);

    assertThat(processes.commands).hasSize(2);
    assertThat(mailer.mails).isEmpty();
  }

  @Test
  void aProcessThatCannotBeStoppedIsMailedAndTheEventNotDone() {
    processes.refused.add("stop shop:cart");
    MemMon memmon = watcher(Map.of("cart", LITTLE), Map.of(), OptionalLong.empty());

    assertThatThrownBy(() -> memmon.hear(TICK))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Failed to stop process shop:cart (RSS ");
    assertThat(mailer.subjects())
        .containsExactly("memmon: failed to stop process shop:cart, exiting");
  }

  @Test
  void childrenCountWhenCumulative() throws IOException {
    Process child = new ProcessBuilder("/bin/sleep", "1000").start();
    try {
      ProcessMemory memory = new ProcessMemory();
      int pid = (int) child.pid();
      // Equal only once it has become sleep(1): before, its memory changes from look to look.
      await()
          .until(
              () ->
                  memory.resident(pid).orElseThrow() > 0
                      && memory.resident(pid).equals(memory.residentWithChildren(pid)));

      assertThat(memory.residentWithChildren(self).orElseThrow())
          .isGreaterThanOrEqualTo(memory.resident(pid).orElseThrow() + LITTLE);
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void aProcessThatIsGoneHasNoMemory() throws Exception {
    Process child = new ProcessBuilder("/bin/true").start();
    child.waitFor();

    assertThat(new ProcessMemory().resident((int) child.pid())).isEmpty();
  }

  private MemMon watcher(Map<String, Long> programs, Map<String, Long> groups, OptionalLong any) {
    return memmon(
        new MemMon.Options(
            new TreeMap<>(programs),
            new TreeMap<>(groups),
            any,
            false,
            Optional.of("ops@example.com"),
            Optional.empty(),
            Optional.empty()));
  }

  private MemMon memmon(MemMon.Options options) {
    return new MemMon(options, processes, mailer, new Timestamps(CLOCK), log::println);
  }
}

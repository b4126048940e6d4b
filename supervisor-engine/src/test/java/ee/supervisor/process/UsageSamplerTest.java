package ee.supervisor.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UsageSamplerTest {
  private static final int SELF = Math.toIntExact(ProcessHandle.current().pid());

  private final AtomicLong clock = new AtomicLong(1);
  private final UsageSampler sampler = new UsageSampler(clock::get);

  @Test
  void memoryAndProcessorTimeOfThisProcessAreThoseThatTheJvmKnows() {
    ProcessUsage usage = sampler.usage(SELF);

    Duration known = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    assertThat(usage.cpu()).isBetween(known.minusSeconds(2), known.plusSeconds(2));
    assertThat(usage.cpuPercent()).isPositive();
    assertThat(usage.residentBytes()).isBetween(10L << 20, 8L << 30);
  }

  @Test
  void aSecondLookWithinASecondIsAnsweredFromTheFirst() {
    ProcessUsage first = sampler.usage(SELF);
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(900));

    assertThat(sampler.usage(SELF)).isSameAs(first);
  }

  @Test
  void thePercentageIsThatOfTheTimeSinceTheLastLook() {
    Duration before = sampler.usage(SELF).cpu();
    burn(Duration.ofMillis(200));
    clock.addAndGet(TimeUnit.SECONDS.toNanos(10));

    ProcessUsage after = sampler.usage(SELF);

    double used = after.cpu().minus(before).toNanos();
    assertThat(used).isGreaterThanOrEqualTo(150e6);
    assertThat(after.cpuPercent()).isEqualTo(100.0 * used / TimeUnit.SECONDS.toNanos(10));
  }

  @Test
  void aProcessThatIsGoneUsesNothing() throws IOException, InterruptedException {
    Process child = new ProcessBuilder("true").start();
    child.waitFor();

    assertThat(sampler.usage((int) child.pid())).isEqualTo(ProcessUsage.NONE);
    assertThat(sampler.usage(0)).isEqualTo(ProcessUsage.NONE);
  }

  @Test
  void aProgramNameWithBlanksAndParenthesesIsNoTrap() {
    String stat =
        "7 (a) b (c d)) S 1 7 7 0 -1 4194304 1 2 3 4 150 50 6 7 20 0 1 0 360000 999 25 1844 1 1";

    ProcStat parsed = ProcStat.parse(stat);

    assertThat(parsed.cpu()).isEqualTo(Duration.ofSeconds(2));
    assertThat(parsed.sinceBoot()).isEqualTo(Duration.ofHours(1));
    assertThat(parsed.residentBytes()).isGreaterThanOrEqualTo(25 * 4096L);
  }

  private static void burn(Duration cpu) {
    Duration start = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    Duration now = start;
    while (now.minus(start).compareTo(cpu) < 0) {
      now = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }
  }
}

package ee.supervisor.process;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.posix.WaitStatus;
import ee.supervisor.protocol.Signals;
import org.junit.jupiter.api.Test;

class LifeCountsTest {

  private static ExitCause exit(int code) {
    return ExitCause.of(new WaitStatus(code << 8));
  }

  @Test
  void aCauseIsACodeOrASignal() {
    assertThat(exit(3)).isEqualTo(new ExitCause("3", ""));
    assertThat(ExitCause.of(new WaitStatus(Signals.SIGTERM)))
        .isEqualTo(new ExitCause("", "SIGTERM"));
  }

  @Test
  void theSameCauseIsCountedTogether() {
    LifeCounts counts = LifeCounts.NONE.withExit(exit(0)).withExit(exit(1)).withExit(exit(0));

    assertThat(counts.exits()).containsEntry(exit(0), 2L).containsEntry(exit(1), 1L);
  }

  @Test
  void causesBeyondABoundAreCountedAsOthers() {
    LifeCounts counts = LifeCounts.NONE;
    for (int code = 0; code < 200; code++) {
      counts = counts.withExit(exit(code));
    }
    counts = counts.withExit(exit(0));

    assertThat(counts.exits()).hasSize(LifeCounts.MOST_CAUSES + 1);
    assertThat(counts.exits()).containsEntry(exit(0), 2L);
    assertThat(counts.exits()).containsEntry(ExitCause.OTHER, 200L - LifeCounts.MOST_CAUSES);
  }
}

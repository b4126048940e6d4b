package ee.supervisor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final AtomicLong lost = new AtomicLong();

  private static Occurrence added(String group) {
    return new Occurrence(Instant.EPOCH, new Event.GroupAdded(group), OptionalInt.empty(), "");
  }

  private static List<String> taken(Backlog backlog, int size) {
    List<Occurrence> batch = new ArrayList<>();
    backlog.fill(batch, size);
    return batch.stream().map(each -> ((Event.GroupAdded) each.event()).group()).toList();
  }

  @Test
  void theOldestIsLostAndCountedWhereThereIsNoRoom() {
    Backlog backlog = new Backlog(2, new MemoryBudget(10_000), lost);
    List.of("a", "b", "c").forEach(group -> backlog.add(added(group)));

    assertThat(lost).hasValue(1);
    assertThat(taken(backlog, 10)).containsExactly("b", "c");
  }

  @Test
  void bytesAreBoundedToo() {
    MemoryBudget budget = new MemoryBudget(700);
    Backlog backlog = new Backlog(100, budget, lost);
    List.of("a", "b", "c").forEach(group -> backlog.add(added(group)));

    assertThat(lost).hasValue(1);
    assertThat(taken(backlog, 1)).containsExactly("b");
    backlog.close();
    assertThat(lost).hasValue(2);
    assertThat(budget.held()).isZero();
    backlog.add(added("d"));
    assertThat(lost).hasValue(3);
  }

  @Test
  void whoWaitsIsWokenWithoutAnEvent() throws Exception {
    Backlog backlog = new Backlog(2, new MemoryBudget(10_000), lost);
    backlog.wake();
    List<Occurrence> batch = new ArrayList<>();
    backlog.awaitFirst(batch, Duration.ofMinutes(10));

    assertThat(batch).isEmpty();
    assertThat(lost).hasValue(0);
  }
}

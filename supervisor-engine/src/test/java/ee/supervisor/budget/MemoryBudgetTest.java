package ee.supervisor.budget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private final MemoryBudget budget = new MemoryBudget(100);

  @Test
  void whatWouldPassTheLimitIsRefusedAndTakesNothing() {
    MemoryBudget.Account account = budget.open();
    assertThat(account.take(60)).isTrue();
    assertThat(account.take(41)).isFalse();
    assertThat(account.held()).isEqualTo(60);
    assertThat(budget.held()).isEqualTo(60);
    assertThat(account.take(40)).isTrue();
  }

  @Test
  void aClosedAccountGivesAllBackOnceAndTakesNothing() {
    MemoryBudget.Account account = budget.open();
    account.take(60);
    account.close();
    account.close();
    assertThat(budget.held()).isZero();
    assertThat(account.take(1)).isFalse();
    account.give(5);
    assertThat(budget.held()).isZero();
    assertThat(account.held()).isZero();
  }

  @Test
  void accountsShareOneLimit() {
    MemoryBudget.Account one = budget.open();
    MemoryBudget.Account other = budget.open();
    assertThat(one.take(70)).isTrue();
    assertThat(other.take(40)).isFalse();
    one.give(20);
    assertThat(other.take(40)).isTrue();
  }

  @Test
  void noMoreIsGivenBackThanIsHeld() {
    MemoryBudget.Account account = budget.open();
    account.take(10);
    account.give(50);
    assertThat(budget.held()).isZero();
  }
}

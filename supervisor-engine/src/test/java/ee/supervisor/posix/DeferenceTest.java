package ee.supervisor.posix;

import static ee.supervisor.testing.Requirement.MOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.testing.Requires;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@Requires(MOUNT)
final class DeferenceTest {
  private static final int PRIO_PROCESS = 0;

  @Test
  void threadsStartedMeanwhileAreNicerUntilItEnds() throws Exception {
    int before = nice();
    CountDownLatch mayEnd = new CountDownLatch(1);
    CompletableFuture<Integer> meanwhile = new CompletableFuture<>();
    CompletableFuture<Integer> afterwards = new CompletableFuture<>();

    Deference deference = Deference.begin();
    Thread started =
        new Thread(
            () -> {
              meanwhile.complete(nice());
              awaitQuietly(mayEnd);
              afterwards.complete(nice());
            });
    started.start();

    assertThat(meanwhile.get()).isGreaterThan(before).isEqualTo(nice());

    deference.close();
    mayEnd.countDown();
    assertThat(afterwards.get()).isEqualTo(before).isEqualTo(nice());
    started.join();
  }

  @Test
  void threadsThatWereThereBeforeAreNotTouched() throws Exception {
    int before = nice();
    CountDownLatch mayEnd = new CountDownLatch(1);
    CompletableFuture<Integer> niceOfOther = new CompletableFuture<>();
    Thread other =
        new Thread(
            () -> {
              awaitQuietly(mayEnd);
              niceOfOther.complete(nice());
            });
    other.start();

    Deference deference = Deference.begin();
    mayEnd.countDown();

    assertThat(niceOfOther.get()).isEqualTo(before);
    deference.close();
    other.join();
  }

  private static int nice() {
    return LibC.getpriority(PRIO_PROCESS, 0);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

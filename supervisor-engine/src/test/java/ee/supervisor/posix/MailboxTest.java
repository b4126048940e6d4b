package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MailboxTest {
  private final Mailbox<String> mailbox = new Mailbox<>(2);

  @Test
  void entriesComeOutInTheOrderTheyWerePutIn() throws InterruptedException {
    mailbox.offer("first");
    mailbox.offer("second");

    assertThat(mailbox.take()).isEqualTo("first");
    assertThat(mailbox.take()).isEqualTo("second");
  }

  @Test
  void aFullOneRefusesUntilThereIsRoom() throws InterruptedException {
    mailbox.offer("first");
    mailbox.offer("second");

    assertThat(mailbox.offer("third")).isFalse();
    assertThat(mailbox.offer("third", Duration.ofMillis(5))).isFalse();

    mailbox.poll();
    assertThat(mailbox.offer("third", Duration.ofMillis(5))).isTrue();
  }

  @Test
  void allThatIsThereIsDrainedAtOnce() {
    mailbox.offer("first");
    mailbox.offer("second");
    List<String> drained = new ArrayList<>();

    mailbox.drainTo(drained);

    assertThat(drained).containsExactly("first", "second");
    assertThat(mailbox.poll()).isNull();
  }

  @Test
  void aSleepingReaderIsWoken() throws Exception {
    Reader reader = new Reader();
    reader.awaitSleep();

    mailbox.offer("news");

    assertThat(reader.taken.get(5, TimeUnit.SECONDS)).isEqualTo("news");
  }

  @Test
  void aSleepingReaderThatIsInterruptedEnds() throws Exception {
    Reader reader = new Reader();
    reader.awaitSleep();

    reader.thread.interrupt();

    assertThatThrownBy(() -> reader.taken.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void aPromptThreadWakesTheReaderWhenItsTurnEnds() throws Exception {
    Reader reader = new Reader();
    reader.awaitSleep();
    CountDownLatch offered = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    PromptThread[] self = new PromptThread[1];
    PromptThread prompt =
        new PromptThread(
            () -> {
              self[0].beginTurn();
              mailbox.offer("news");
              offered.countDown();
              awaitQuietly(mayEnd);
              self[0].endTurn();
            },
            "prompt");
    self[0] = prompt;
    prompt.start();
    offered.await();

    assertThat(reader.thread.getState()).isEqualTo(Thread.State.WAITING);
    assertThat(reader.taken).isNotDone();

    mayEnd.countDown();
    assertThat(reader.taken.get(5, TimeUnit.SECONDS)).isEqualTo("news");
    prompt.join();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes one entry on a thread of its own. */
  private final class Reader {
    final CompletableFuture<String> taken = new CompletableFuture<>();
    final Thread thread = new Thread(this::take, "reader");

    Reader() {
      thread.setDaemon(true);
      thread.start();
    }

    private void take() {
      try {
        taken.complete(mailbox.take());
      } catch (InterruptedException e) {
        taken.completeExceptionally(e);
      }
    }

    void awaitSleep() {
      await().until(() -> thread.getState() == Thread.State.WAITING);
    }
  }
}

package ee.supervisor.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.budget.MemoryBudget;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyReadersTest {
  private final AtomicInteger threads = new AtomicInteger();
  private final BodyReaders readers = new BodyReaders(1, this::thread);
  private final MemoryBudget budget = new MemoryBudget(20_000);
  private final MemoryBudget.Account account = budget.open();

  @AfterEach
  void end() {
    readers.close();
  }

  private Thread thread(Runnable work) {
    threads.incrementAndGet();
    return new Thread(work);
  }

  private CompletableFuture<byte[]> read(InputStream in, long length, int maxBytes) {
    return readers.read(in, length, maxBytes, account).toCompletableFuture();
  }

  private static InputStream bytes(int count) {
    return new ByteArrayInputStream(new byte[count]);
  }

  private static int refusal(CompletableFuture<byte[]> body) {
    try {
      throw new AssertionError(body.get(20, TimeUnit.SECONDS).length + " bytes were taken");
    } catch (ExecutionException e) {
      return RequestBody.refusal(e.getCause()).orElseThrow().status();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsHereIsReadWithoutAnotherThread() {
    assertThat(read(bytes(10_000), 10_000, 10_000))
        .isCompletedWithValueMatching(body -> body.length == 10_000);
    assertThat(threads).hasValue(0);
  }

  @Test
  void aBodyOfUnknownLengthIsReadToItsEnd() throws Exception {
    assertThat(read(bytes(10_000), -1, 10_000).get(20, TimeUnit.SECONDS)).hasSize(10_000);
  }

  @Test
  void aBodyIsHeldUntilItsAccountIsClosed() {
    assertThat(read(bytes(10_000), 10_000, 10_000)).isCompleted();
    assertThat(budget.held()).isEqualTo(10_000);

    account.close();
    assertThat(budget.held()).isZero();
  }

  @Test
  void aBodyThatTurnsOutToBeTooLargeIsRefused() {
    assertThat(refusal(read(bytes(10_000), -1, 9_000))).isEqualTo(413);
  }

  @Test
  void whatThereIsNoRoomForIsRefused() {
    assertThat(refusal(read(bytes(30_000), -1, 100_000))).isEqualTo(503);
  }

  @Test
  void whoDawdlesIsRefusedWhileOthersWait() throws Exception {
    try (PipedOutputStream dawdler = new PipedOutputStream()) {
      CompletableFuture<byte[]> first = read(new PipedInputStream(dawdler), 100, 100);
      CompletableFuture<byte[]> second = read(bytes(50), -1, 100);

      assertThat(refusal(first)).isEqualTo(408);
      assertThat(second.get(20, TimeUnit.SECONDS)).hasSize(50);
    }
    assertThat(threads).hasValue(1);
  }

  @Test
  void whoComesLastIsNotBehindTheWholeCrowd() throws Exception {
    List<CompletableFuture<byte[]>> crowd = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      crowd.add(read(new PipedInputStream(new PipedOutputStream()), 100, 100));
    }

    assertThat(read(bytes(50), -1, 100).get(20, TimeUnit.SECONDS)).hasSize(50);
    assertThat(crowd).filteredOn(body -> !body.isDone()).isNotEmpty();
  }

  @Test
  void aConnectionThatBreaksIsNoRefusal() {
    InputStream broken = new PipedInputStream();

    assertThatThrownBy(() -> read(broken, -1, 100).get(20, TimeUnit.SECONDS))
        .satisfies(failure -> assertThat(RequestBody.refusal(failure.getCause())).isEmpty())
        .hasMessageContaining("Pipe not connected");
  }
}

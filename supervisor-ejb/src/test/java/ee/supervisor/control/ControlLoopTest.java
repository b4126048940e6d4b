package ee.supervisor.control;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.guard.Guard;
import ee.supervisor.posix.EventFd;
import ee.supervisor.posix.OwnDescriptors;
import ee.supervisor.posix.PosixException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ControlLoopTest {
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();
  private Set<Integer> epollsBefore;
  private ControlLoop loop;

  @BeforeEach
  void start() throws PosixException {
    epollsBefore = OwnDescriptors.epolls();
    loop = new ControlLoop(new Guard(log::add), end::complete);
    loop.start();
  }

  @AfterEach
  void stop() {
    if (!loop.hasEnded()) {
      loop.execute(loop::close);
      end.orTimeout(20, SECONDS).join();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLoopGoesOnWhateverATaskATimerOrAWatchThrows(Thrown thrown) throws Exception {
    try (EventFd ready = EventFd.open()) {
      ready.signal();
      CountDownLatch ran = new CountDownLatch(3);
      Runnable faulty =
          () -> {
            ran.countDown();
            throw thrown.make();
          };

      loop.execute(faulty);
      loop.execute(() -> loop.schedule(Duration.ZERO, faulty));
      loop.execute(
          () -> {
            try {
              loop.watch(ready.fd(), faulty);
            } catch (PosixException e) {
              throw new IllegalStateException(e);
            }
          });

      assertThat(ran.await(20, SECONDS)).isTrue();
      assertThat(responded()).isTrue();
      assertThat(log).hasSize(3).allMatch(line -> line.contains(thrown.type().getName()));
    }
  }

  @Test
  void whatWasGivenBeforeTheEndIsDoneAndNothingAfterIt() {
    AtomicInteger done = new AtomicInteger();
    loop.execute(
        () -> {
          loop.close();
          loop.execute(done::incrementAndGet);
        });

    assertThat(end.orTimeout(20, SECONDS).join()).isEmpty();
    assertThat(done).hasValue(1);
    assertThatThrownBy(() -> loop.execute(done::incrementAndGet))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(done).hasValue(1);
  }

  /** Each is either run or refused: whoever asked hears of it. */
  @Test
  void noTaskIsLostAsTheLoopEnds() throws Exception {
    AtomicInteger run = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    int each = 20_000;
    List<Thread> threads =
        List.of(1, 2, 3).stream()
            .map(
                n ->
                    new Thread(
                        () -> {
                          for (int i = 0; i < each; i++) {
                            try {
                              loop.execute(run::incrementAndGet);
                            } catch (RejectedExecutionException e) {
                              refused.incrementAndGet();
                            }
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    await().until(() -> run.get() > each / 2);
    loop.execute(loop::close);
    for (Thread thread : threads) {
      thread.join();
    }
    end.orTimeout(20, SECONDS).join();

    assertThat(run.get() + refused.get()).isEqualTo(threads.size() * each);
    assertThat(log).isEmpty();
  }

  @Test
  void aLoopThatCannotWaitAnyMoreEndsAndSaysSo() throws Exception {
    assertThat(responded()).isTrue();
    Set<Integer> own = OwnDescriptors.epolls();
    own.removeAll(epollsBefore);
    assertThat(own).hasSize(1);

    OwnDescriptors.breakDown(own.iterator().next());

    await().atMost(Duration.ofSeconds(20)).until(() -> nudged().isDone());
    assertThat(end.join()).containsInstanceOf(PosixException.class);
    assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
  }

  /** The wait that had begun before the descriptor broke is still one for the old epoll. */
  private CompletableFuture<Optional<Throwable>> nudged() {
    try {
      loop.execute(() -> {});
    } catch (RejectedExecutionException ended) {
      // as it should
    }
    return end;
  }

  private boolean responded() {
    CompletableFuture<Boolean> response = new CompletableFuture<>();
    loop.execute(() -> response.complete(true));
    return response.orTimeout(20, SECONDS).join();
  }
}

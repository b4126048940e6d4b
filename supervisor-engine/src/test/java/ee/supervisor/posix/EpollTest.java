package ee.supervisor.posix;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.protocol.Signals;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EpollTest {
  private static final long TOKEN = 0x1234_5678_9abc_def0L;

  private final List<Long> tokens = new ArrayList<>();
  private final List<Integer> reports = new ArrayList<>();
  private Epoll epoll;

  @BeforeEach
  void open() throws PosixException {
    epoll = Epoll.open();
  }

  @AfterEach
  void close() {
    epoll.close();
  }

  private void note(long token, int events) {
    tokens.add(token);
    reports.add(events);
  }

  private static void writeByte(Fd fd) throws PosixException {
    Kernel.write(fd, ByteBuffer.allocateDirect(1));
  }

  @Test
  void aReadableDescriptorIsReportedWithItsToken() throws Exception {
    try (Pipe pipe = Kernel.pipe()) {
      epoll.add(pipe.readEnd(), Epoll.READABLE, TOKEN);
      writeByte(pipe.writeEnd());
      assertThat(epoll.await(this::note)).isEqualTo(1);
      assertThat(tokens).containsExactly(TOKEN);
      assertThat(reports).containsExactly(Epoll.READABLE);
    }
  }

  @Test
  void severalDescriptorsAreReportedAtOnce() throws Exception {
    try (Pipe one = Kernel.pipe();
        Pipe two = Kernel.pipe()) {
      epoll.add(one.writeEnd(), Epoll.WRITABLE, 1);
      epoll.add(two.writeEnd(), Epoll.WRITABLE, -2);
      assertThat(epoll.await(this::note)).isEqualTo(2);
      assertThat(tokens).containsExactlyInAnyOrder(1L, -2L);
    }
  }

  @Test
  void nothingReadyEndsTheWaitAtItsTimeout() throws Exception {
    try (Pipe pipe = Kernel.pipe()) {
      epoll.add(pipe.readEnd(), Epoll.READABLE, TOKEN);
      long before = System.nanoTime();
      assertThat(epoll.await(Duration.ofNanos(20_000_001), this::note)).isZero();
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(20_000_001);
    }
  }

  @Test
  void anEndOfFileIsAHangUp() throws Exception {
    try (Pipe pipe = Kernel.pipe()) {
      epoll.add(pipe.readEnd(), Epoll.READABLE, TOKEN);
      pipe.writeEnd().close();
      epoll.await(this::note);
      assertThat(reports).containsExactly(Epoll.HANGUP);
    }
  }

  @Test
  void aRemovedDescriptorIsNotReported() throws Exception {
    try (Pipe pipe = Kernel.pipe()) {
      epoll.add(pipe.writeEnd(), Epoll.WRITABLE, TOKEN);
      epoll.remove(pipe.writeEnd());
      assertThat(epoll.await(Duration.ZERO, this::note)).isZero();
    }
  }

  @Test
  void aSignalledEventFdWakesTheWaiterOnceHoweverOftenItWasSignalled() throws Exception {
    try (EventFd wakeUp = EventFd.open()) {
      epoll.add(wakeUp.fd(), Epoll.READABLE, TOKEN);
      CompletableFuture<Void> signalling =
          CompletableFuture.runAsync(
              () -> {
                try {
                  wakeUp.signal();
                  wakeUp.signal();
                } catch (PosixException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(epoll.await(this::note)).isEqualTo(1);
      signalling.get(20, SECONDS);
      wakeUp.drain();
      assertThat(epoll.await(Duration.ZERO, this::note)).isZero();
    }
  }

  @Test
  void anEventFdDrainedWithoutASignalDoesNotBlock() throws Exception {
    try (EventFd wakeUp = EventFd.open()) {
      wakeUp.drain();
      wakeUp.signal();
      epoll.add(wakeUp.fd(), Epoll.READABLE, TOKEN);
      assertThat(epoll.await(Duration.ZERO, this::note)).isEqualTo(1);
    }
  }

  @Test
  void aPidFdBecomesReadableWhenItsProcessEnds() throws Exception {
    Process sleeper = new ProcessBuilder("sleep", "600").start();
    try (PidFd process = PidFd.open((int) sleeper.pid())) {
      epoll.add(process.fd(), Epoll.READABLE, TOKEN);
      assertThat(epoll.await(Duration.ZERO, this::note)).isZero();
      process.send(Signals.SIGKILL);
      assertThat(epoll.await(this::note)).isEqualTo(1);
    } finally {
      sleeper.destroyForcibly().waitFor();
    }
  }

  @Test
  void aRefusedCallNamesOperationAndDescriptor() throws Exception {
    try (Pipe pipe = Kernel.pipe()) {
      epoll.add(pipe.readEnd(), Epoll.READABLE, 1);
      assertThatThrownBy(() -> epoll.add(pipe.readEnd(), Epoll.READABLE, 1))
          .isInstanceOf(PosixException.class)
          .hasMessage("epoll_ctl(ADD, " + pipe.readEnd() + "): EEXIST");
    }
  }
}

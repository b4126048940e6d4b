package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventFdTest {
  @Test
  void aClosedOneRefusesToBeSignalled() throws Exception {
    EventFd closed = EventFd.open();
    closed.signal();
    closed.close();
    closed.close();

    assertThat(closed.fd().isOpen()).isFalse();
    assertThatThrownBy(closed::signal)
        .isInstanceOf(PosixException.class)
        .hasMessageContaining("EBADF");
  }

  /** Its number may be somebody else's as soon as it is closed: a log, say. */
  @Test
  void noSignalReachesWhoeverGetsTheNumberNext() throws Exception {
    for (int round = 0; round < 200; round++) {
      EventFd ours = EventFd.open();
      AtomicInteger begun = new AtomicInteger();
      List<Thread> signallers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Thread thread =
            new Thread(
                () -> {
                  begun.incrementAndGet();
                  try {
                    while (true) {
                      ours.signal();
                    }
                  } catch (PosixException closed) {
                    // the end
                  }
                });
        signallers.add(thread);
        thread.start();
      }
      while (begun.get() < 2) {
        Thread.onSpinWait();
      }
      ours.close();
      try (Pipe next = Kernel.pipe()) {
        for (Thread thread : signallers) {
          thread.join();
        }
        Kernel.setNonBlocking(next.readEnd());
        assertThat(Kernel.read(next.readEnd(), java.nio.ByteBuffer.allocateDirect(8)))
            .isEqualTo(Kernel.WOULD_BLOCK);
      }
    }
  }
}

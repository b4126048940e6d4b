package ee.supervisor.posix;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ee.supervisor.protocol.Signals;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "by pidfd: {0}")
@ValueSource(booleans = {true, false})
class ChildrenTest {
  /** Makes this process inherit orphans as process 1 does (prctl(2)). */
  private static final int PR_SET_CHILD_SUBREAPER = 36;

  @Parameter private boolean byPidFd;

  private final BlockingQueue<Children.Orphan> orphans = new LinkedBlockingQueue<>();
  private Spawner spawner;

  @BeforeEach
  void start() throws PosixException {
    spawner = TestChild.startSpawner(ChildPlace::open, byPidFd);
    LibC.prctl(PR_SET_CHILD_SUBREAPER, 1);
  }

  @AfterEach
  void stop() {
    LibC.prctl(PR_SET_CHILD_SUBREAPER, 0);
    spawner.close();
  }

  @Test
  void aRunningChildHasNoStatusYet() throws Exception {
    try (TestChild cat = TestChild.start(spawner, TestChild.request("/bin/cat", "cat"))) {
      assertThat(spawner.children().reap(cat.ends().process())).isEmpty();
    }
  }

  @Test
  void aChildIsReapedOnce() throws Exception {
    try (TestChild child = TestChild.start(spawner, TestChild.shell("exit 1"))) {
      assertThat(spawner.children().alive()).containsExactly(child.ends().process());
      assertThat(child.await().exitCode()).isEqualTo(1);
      assertThat(spawner.children().alive()).isEmpty();
      assertThat(spawner.children().hasEnded(child.ends().process())).isTrue();
    }
  }

  @Test
  void aChildThatSomebodyElseWaitedForHasEndedInAnUnknownWay() throws Exception {
    try (TestChild child = TestChild.start(spawner, TestChild.request("/bin/cat", "cat"))) {
      Kernel.kill(child.pid(), Signals.SIGKILL);
      try {
        Children.waitFor(child.pid(), 0);
      } catch (PosixException fasterThere) {
        assumeFalse(byPidFd);
      }
      await().until(() -> spawner.children().hasEnded(child.ends().process()));
      assertThat(child.await().describe()).containsAnyOf("unknown termination cause", "SIGKILL");
    }
  }

  @Test
  void noSignalGoesToAChildThatWasReaped() throws Exception {
    try (TestChild child = TestChild.start(spawner, TestChild.shell("exit 1"))) {
      child.await();
      Child handle = child.ends().process();
      handle.close();
      assertThatThrownBy(() -> handle.sendToGroup(Signals.SIGTERM))
          .isInstanceOf(PosixException.class);
      assertThatThrownBy(() -> handle.send(Signals.SIGTERM)).isInstanceOf(PosixException.class);
    }
  }

  @Test
  void aSignalReachesTheChildAndItsGroup() throws Exception {
    try (TestChild child = TestChild.start(spawner, TestChild.request("/bin/cat", "cat"))) {
      child.ends().process().send(0);
      child.ends().process().sendToGroup(Signals.SIGTERM);
      assertThat(child.await().signal()).isEqualTo(Signals.SIGTERM);
    }
  }

  @Test
  void theEndOfOneIsHeardOfWhileAStrangersChildIsLeftUnreaped() throws Exception {
    SpawnRequest request = TestChild.shell("sh -c 'echo $$; read x' 3<&0 <&3 & exit 0");
    try (TestChild parent = TestChild.start(spawner, request)) {
      parent.await();
      parent.ends().stdin().orElseThrow().close();
      int orphan = Integer.parseInt(parent.stdout().strip());
      try (PidFd ended = PidFd.open(orphan)) {
        TestChild.awaitReadable(ended.fd());
        for (int i = 0; i < 20; i++) {
          try (TestChild child = TestChild.start(spawner, TestChild.shell("exit 3"))) {
            assertThat(child.await().exitCode()).isEqualTo(3);
          }
        }
      } finally {
        Children.waitFor(orphan, 0);
      }
    }
  }

  @Test
  void anInheritedOrphanIsReaped() throws Exception {
    SpawnRequest request = TestChild.shell("sh -c 'echo $$; read x' 3<&0 <&3 & exit 0");
    try (TestChild parent = TestChild.start(spawner, request)) {
      parent.await();
      parent.ends().stdin().orElseThrow().close();
      int orphan = Integer.parseInt(parent.stdout().strip());
      try (PidFd ended = PidFd.open(orphan)) {
        TestChild.awaitReadable(ended.fd());
      }
      spawner.reapOrphans(Runnable::run, orphans::add);
      Children.Orphan reaped = orphans.poll(20, SECONDS);
      assertThat(reaped.pid()).isEqualTo(orphan);
      assertThat(reaped.status().describe()).isEqualTo("exit status 1");
      assertThatThrownBy(() -> PidFd.open(orphan)).hasMessageContaining("ESRCH");
    }
  }

  @Test
  void aChildOfOursIsNotTakenForAnOrphan() throws Exception {
    try (TestChild child = TestChild.start(spawner, TestChild.shell("exit 4"))) {
      child.awaitEnd();
      spawner.reapOrphans(Runnable::run, orphans::add);
      TestChild.output(spawner, TestChild.shell("true"));
      assertThat(orphans).isEmpty();
      assertThat(child.await().exitCode()).isEqualTo(4);
    }
  }
}

package ee.supervisor.posix;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChildrenTest {
  /** Makes this process inherit orphans as process 1 does (prctl(2)). */
  private static final int PR_SET_CHILD_SUBREAPER = 36;

  private final BlockingQueue<Integer> orphans = new LinkedBlockingQueue<>();
  private Spawner spawner;

  @BeforeEach
  void start() throws PosixException {
    spawner = Spawner.start();
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
      child.await();
      assertThatThrownBy(() -> spawner.children().reap(child.ends().process()))
          .hasMessage("waitpid(" + child.pid() + "): ECHILD");
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
      assertThat(orphans.poll(20, SECONDS)).isEqualTo(orphan);
      assertThatThrownBy(() -> PidFd.open(orphan)).hasMessageContaining("ESRCH");
    }
  }

  @Test
  void aChildOfOursIsNotTakenForAnOrphan() throws Exception {
    try (TestChild child = TestChild.start(spawner, TestChild.shell("exit 4"))) {
      TestChild.awaitReadable(child.ends().process().fd());
      spawner.reapOrphans(Runnable::run, orphans::add);
      TestChild.output(spawner, TestChild.shell("true"));
      assertThat(orphans).isEmpty();
      assertThat(child.await().exitCode()).isEqualTo(4);
    }
  }
}

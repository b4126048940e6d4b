package ee.supervisor.posix;

import static ee.supervisor.posix.TestChild.output;
import static ee.supervisor.posix.TestChild.shell;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.posix.ResourceLimit.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenFileLimitTest {
  private static final int GIVEN = 1024;

  private final List<Fd> opened = new ArrayList<>();
  private ResourceLimit ofTheTests;
  private Spawner spawner;

  @BeforeEach
  void startWithALowLimit() throws PosixException {
    spawner = TestChild.startSpawner();
    ofTheTests = CurrentProcess.limit(Resource.NOFILE);
    CurrentProcess.setLimit(Resource.NOFILE, new ResourceLimit(GIVEN, ofTheTests.hard()));
    OpenFileLimit.raise();
  }

  @AfterEach
  void takeItBack() throws PosixException {
    spawner.close();
    opened.forEach(Fd::close);
    OpenFileLimit.restore();
    CurrentProcess.setLimit(Resource.NOFILE, ofTheTests);
  }

  @Test
  void ourLimitIsTheHardOneAndAChildHasTheOldOne() throws Exception {
    assertThat(CurrentProcess.limit(Resource.NOFILE))
        .isEqualTo(new ResourceLimit(ofTheTests.hard(), ofTheTests.hard()));
    assertThat(output(spawner, shell("ulimit -Sn; ulimit -Hn")))
        .isEqualTo(GIVEN + "\n" + ofTheTests.hard() + "\n");
    assertThat(CurrentProcess.limit(Resource.NOFILE).soft()).isEqualTo(ofTheTests.hard());
  }

  @Test
  void whatAChildTakesHereIsBeyondItsLimit() throws Exception {
    try (TestChild child = TestChild.start(spawner, shell("cat"))) {
      assertThat(child.ends().stdin().orElseThrow().number()).isGreaterThanOrEqualTo(GIVEN);
      assertThat(child.ends().stdout().number()).isGreaterThanOrEqualTo(GIVEN);
      assertThat(child.ends().stderr().orElseThrow().number()).isGreaterThanOrEqualTo(GIVEN);
      assertThat(child.ends().process().descriptor().orElseThrow().number())
          .isGreaterThanOrEqualTo(GIVEN);
    }
  }

  @Test
  void aChildHasTheOldLimitWhenAllNumbersBelowItAreInUse() throws Exception {
    useAllBelow(GIVEN);
    try (TestChild child = TestChild.start(spawner, shell("read go; ulimit -Sn; ulimit -Hn"))) {
      child.write("\n");
      assertThat(child.stdout()).isEqualTo(GIVEN + "\n" + ofTheTests.hard() + "\n");
    }
  }

  @Test
  void otherThreadsOpenFilesWhileChildrenAreMade() throws Exception {
    useAllBelow(GIVEN - 200);
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Integer> other = CompletableFuture.supplyAsync(() -> openAndClose(enough));
    for (int i = 0; i < 200; i++) {
      output(spawner, shell("true"));
    }
    enough.set(true);
    assertThat(other.get()).isPositive();
  }

  private static int openAndClose(AtomicBoolean enough) {
    int count = 0;
    while (!enough.get()) {
      try (Fd fd = Kernel.open(Path.of("/dev/null"), Kernel.O_RDONLY, 0)) {
        count += fd.isOpen() ? 1 : 0;
      } catch (PosixException e) {
        throw new IllegalStateException(e);
      }
    }
    return count;
  }

  private void useAllBelow(int limit) throws PosixException {
    Fd last;
    do {
      last = Kernel.open(Path.of("/dev/null"), Kernel.O_RDONLY, 0);
      opened.add(last);
    } while (last.number() < limit);
  }
}

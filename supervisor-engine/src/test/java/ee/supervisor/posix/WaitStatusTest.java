package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.protocol.Signals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitStatusTest {
  private Spawner spawner;

  @BeforeEach
  void start() throws PosixException {
    spawner = TestChild.startSpawner();
  }

  @AfterEach
  void stop() {
    spawner.close();
  }

  private WaitStatus statusOf(String script) throws Exception {
    try (TestChild child = TestChild.start(spawner, TestChild.shell(script))) {
      return child.await();
    }
  }

  @Test
  void anExitCodeIsDescribed() throws Exception {
    WaitStatus status = statusOf("exit 3");
    assertThat(status.describe()).isEqualTo("exit status 3");
    assertThat(status.exitCode()).isEqualTo(3);
    assertThat(status.signal()).isZero();
  }

  @Test
  void aSignalsNameIsDescribedAndTheExitCodeIsMinusOne() throws Exception {
    WaitStatus status = statusOf("kill -KILL $$");
    assertThat(status.describe()).isEqualTo("terminated by SIGKILL");
    assertThat(status.exitCode()).isEqualTo(-1);
    assertThat(status.signal()).isEqualTo(Signals.SIGKILL);
  }

  @Test
  void aCoreDumpIsDescribed() {
    assertThat(new WaitStatus(0x80 | 11).describe())
        .isEqualTo("terminated by SIGSEGV (core dumped)");
  }

  @Test
  void aSignalWithoutANameIsDescribedByItsNumber() {
    assertThat(new WaitStatus(40).describe()).isEqualTo("terminated by signal 40");
  }

  @Test
  void aStatusThatIsNoEndIsDescribedAsUnknown() {
    assertThat(new WaitStatus(0x137f).describe()).isEqualTo("unknown termination cause 0x137f");
    assertThat(new WaitStatus(0x137f).exitCode()).isEqualTo(-1);
  }
}

package ee.supervisor.control;

import ee.supervisor.posix.Children;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same life where the kernel has no pidfd (Linux before 5.3, old seccomp profiles). */
class ProcessLifeWithoutPidFdTest extends ProcessLifeTest {
  @BeforeAll
  static void withoutPidFd() {
    System.setProperty(Children.PIDFD_PROPERTY, "false");
  }

  @AfterAll
  static void asBefore() {
    System.clearProperty(Children.PIDFD_PROPERTY);
  }
}

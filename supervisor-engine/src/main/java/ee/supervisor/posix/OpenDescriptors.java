package ee.supervisor.posix;

import java.io.File;
import java.util.stream.Stream;

/** Which descriptors this process has open at the moment. */
final class OpenDescriptors {
  private OpenDescriptors() {}

  /** Their numbers; the one that was needed to look is among them, and closed by now. */
  static int[] numbers() throws PosixException {
    String[] names = new File("/proc/self/fd").list();
    if (names == null) {
      throw new PosixException("opendir(/proc/self/fd)", Errno.ENOENT);
    }
    return Stream.of(names).mapToInt(Integer::parseInt).toArray();
  }
}

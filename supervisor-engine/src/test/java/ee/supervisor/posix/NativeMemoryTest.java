package ee.supervisor.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  @Test
  void aBlockThatIsUsedAgainIsZeroed() {
    for (int size : new int[] {8, 24, 512}) {
      try (NativeMemory block = new NativeMemory(size)) {
        for (int offset = 0; offset < size; offset += Long.BYTES) {
          block.putLong(offset, -1);
        }
      }
      try (NativeMemory block = new NativeMemory(size)) {
        for (int offset = 0; offset < size; offset += Long.BYTES) {
          assertThat(block.getLong(offset)).isZero();
        }
      }
    }
  }

  @Test
  void aBlockThatIsClosedCannotBeUsed() {
    NativeMemory block = new NativeMemory(Long.BYTES);
    block.close();
    block.close();

    assertThatThrownBy(() -> block.putLong(0, 1)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void blocksThatAreInUseAreDifferentOnes() {
    NativeMemory closedTwice = new NativeMemory(Long.BYTES);
    closedTwice.close();
    closedTwice.close();
    try (NativeMemory one = new NativeMemory(Long.BYTES);
        NativeMemory other = new NativeMemory(Long.BYTES)) {
      assertThat(one.address()).isNotEqualTo(other.address());
    }
  }
}

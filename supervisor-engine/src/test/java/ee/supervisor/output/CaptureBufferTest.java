package ee.supervisor.output;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.budget.MemoryBudget;
import org.junit.jupiter.api.Test;

/** The expectations are what Supervisor's BoundIO holds after the same writes. */
class CaptureBufferTest {
  private final CaptureBuffer buffer = new CaptureBuffer(10, MemoryBudget.ofEngine());

  @Test
  void whatFitsIsKept() {
    assertThat(after("12345", "67890")).isEqualTo("1234567890");
  }

  @Test
  void aPieceThatDoesNotFitPushesOutAsManyBytesAsItHas() {
    assertThat(after("1234567", "abcd")).isEqualTo("567abcd");
  }

  @Test
  void aPieceLargerThanTheBoundIsKeptWhole() {
    assertThat(after("1234", "abcdefghijklm")).isEqualTo("abcdefghijklm");
  }

  @Test
  void takingEmptiesIt() {
    assertThat(after("123")).isEqualTo("123");
    assertThat(after()).isEmpty();
    assertThat(after("45")).isEqualTo("45");
  }

  private String after(String... pieces) {
    for (String piece : pieces) {
      buffer.append(piece.getBytes(US_ASCII));
    }
    return new String(buffer.take(), US_ASCII);
  }

  @Test
  void withoutMemoryForMoreTheOldestMakesWay() {
    MemoryBudget budget = new MemoryBudget(8);
    try (CaptureBuffer poor = new CaptureBuffer(100, budget)) {
      poor.append("12345".getBytes(US_ASCII));
      poor.append("67".getBytes(US_ASCII));
      poor.append("89".getBytes(US_ASCII));

      assertThat(new String(poor.take(), US_ASCII)).hasSizeLessThanOrEqualTo(8).endsWith("89");
      assertThat(budget.held()).isZero();
    }
  }
}

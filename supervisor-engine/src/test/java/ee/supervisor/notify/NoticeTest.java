package ee.supervisor.notify;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.text.Bytes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NoticeTest {
  private static Notice parse(String text) {
    return Notice.parse(Bytes.utf8(text));
  }

  @Test
  void readinessComesAndGoes() {
    assertThat(parse("READY=1").ready()).contains(true);
    assertThat(parse("READY=0").ready()).isEmpty();
    assertThat(parse("RELOADING=1\nMONOTONIC_USEC=5").ready()).contains(false);
    assertThat(parse("STOPPING=1").ready()).contains(false);
    assertThat(parse("RELOADING=1").and(parse("READY=1")).ready()).contains(true);
    assertThat(parse("READY=1").and(parse("STATUS=x")).ready()).contains(true);
  }

  @Test
  void aStatusIsOneLineOfBoundedLength() {
    assertThat(parse("STATUS= a\tb\u0007 ").status()).contains("a b");
    assertThat(parse("STATUS=" + "x".repeat(4000)).status().orElseThrow()).hasSize(256);
    assertThat(parse("STATUS=").status()).contains("");
  }

  @Test
  void timesAreMicroseconds() {
    assertThat(parse("EXTEND_TIMEOUT_USEC=1500000").extension()).contains(Duration.ofMillis(1500));
    assertThat(parse("WATCHDOG_USEC=2000000").watchdog()).contains(Duration.ofSeconds(2));
    for (String wrong : new String[] {"", "0", "-1", "x", "9223372036854775807", "1e3"}) {
      assertThat(parse("WATCHDOG_USEC=" + wrong).watchdog()).isEmpty();
    }
  }

  @Test
  void whatIsNotKnownSaysNothing() {
    assertThat(parse("FDSTORE=1\nFDNAME=x\nBARRIER=1\n=\n\nREADY\n\0=1")).isEqualTo(Notice.NONE);
    assertThat(Notice.parse(Bytes.copyOf(new byte[] {-1, -2, 0, 10, 61}))).isEqualTo(Notice.NONE);
  }

  @Test
  void signsOfLifeAreNotLostWhenSeveralNoticesBecomeOne() {
    Notice both = parse("WATCHDOG=1").and(parse("STATUS=x"));
    assertThat(both.alive()).isTrue();
    assertThat(parse("WATCHDOG=trigger").trigger()).isTrue();
  }
}

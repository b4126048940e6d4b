package ee.supervisor.listener;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.Channel;
import ee.supervisor.event.Event;
import ee.supervisor.text.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PrefixedStdoutTest {
  private static final Event EVENT =
      new Event.ProcessLog("cat", "cat", 1, Channel.STDOUT, Bytes.utf8("x"));
  private static final String HEADER = "processname:cat groupname:cat pid:1 channel:stderr\n";

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void eachLineIsPrintedAfterTheProcessAndItsChannel() {
    handler(printed).handle(EVENT, Bytes.utf8(HEADER + "one\ntwo grüße\n"));

    await()
        .untilAsserted(
            () ->
                assertThat(printed.toString(UTF_8))
                    .isEqualTo("cat stderr | one\ncat stderr | two grüße\n"));
  }

  @Test
  void aResultThatIsNoPayloadIsAnError() {
    assertThatThrownBy(() -> handler(printed).handle(EVENT, Bytes.utf8("OK")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStdoutThatNobodyReadsHoldsNobodyUpAndTheLossIsPrinted() {
    CountDownLatch read = new CountDownLatch(1);
    PrefixedStdout handler =
        handler(
            new OutputStream() {
              @Override
              public void write(int value) {
                awaitLatch(read);
                printed.write(value);
              }
            });
    for (int i = 0; i < 5000; i++) {
      handler.handle(EVENT, Bytes.utf8(HEADER + "line " + i));
    }
    read.countDown();

    await()
        .untilAsserted(
            () ->
                assertThat(printed.toString(UTF_8))
                    .endsWith("cat stderr | line 4999\n")
                    .containsPattern("supervisord \\| \\d+ outputs dropped"));
  }

  private static PrefixedStdout handler(OutputStream out) {
    return new PrefixedStdout(new PrintStream(out, true, UTF_8));
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

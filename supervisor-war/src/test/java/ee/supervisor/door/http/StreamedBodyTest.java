package ee.supervisor.door.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class StreamedBodyTest {
  private final ScriptedAnswer answer = new ScriptedAnswer();
  private Runnable duringRead = () -> {};
  private boolean closed;

  private final InputStream body =
      new ByteArrayInputStream("a log".getBytes(US_ASCII)) {
        @Override
        public byte[] readNBytes(int length) throws IOException {
          duringRead.run();
          return super.readNBytes(length);
        }

        @Override
        public void close() {
          closed = true;
        }
      };

  @Test
  void everythingIsSentAndTheAnswerEnds() throws Exception {
    StreamedBody.send(
        answer.context(), body, answer.executor(), new SendWindows(answer.executor()));
    answer.ask();
    answer.work();

    assertThat(answer.sent()).isEqualTo("a log".getBytes(US_ASCII));
    assertThat(answer.isCompleted()).isTrue();
    assertThat(closed).isTrue();
  }

  @Test
  void whatIsReadWhileTheConnectionBreaksIsSentToNobody() throws Exception {
    StreamedBody.send(
        answer.context(), body, answer.executor(), new SendWindows(answer.executor()));
    duringRead = answer::breakOff;
    answer.ask();
    answer.work();

    assertThat(answer.sent()).isEmpty();
    assertThat(answer.isCompleted()).isTrue();
    assertThat(closed).isTrue();
  }
}

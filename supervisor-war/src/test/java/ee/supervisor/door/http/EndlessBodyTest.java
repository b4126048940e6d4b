package ee.supervisor.door.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.http.ByteSource;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Clients that leave at an awkward moment, and sources that fail; for the rest see LogTailTest. */
class EndlessBodyTest {
  private final ScriptedAnswer answer = new ScriptedAnswer();
  private final Source source = new Source();

  /** Has one word to say, and then another one each time it is asked for. */
  private static final class Source implements ByteSource {
    private Runnable duringRead = () -> {};
    private boolean said;
    private boolean asked;
    private boolean closed;

    @Override
    public int read(ByteBuffer target) {
      duringRead.run();
      if (said) {
        return 0;
      }
      said = true;
      target.put("word".getBytes(US_ASCII));
      return target.position();
    }

    @Override
    public void onReadable(Executor executor, Runnable callback) {
      asked = true;
      closed = false;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private void start() {
    EndlessBody.start(
        answer.context(),
        answer.context()::addListener,
        () -> source,
        answer.executor(),
        new DepartedClients(answer.executor()),
        new SendWindows(answer.executor()));
  }

  @Test
  void whatThereIsIsSentAndMoreAskedFor() throws Exception {
    start();
    answer.work();
    answer.ask();
    answer.work();

    assertThat(answer.sent()).isEqualTo("word".getBytes(US_ASCII));
    assertThat(source.asked).isTrue();
    assertThat(answer.isCompleted()).isFalse();
  }

  @Test
  void aSourceThatIsOpenedAfterTheClientLeftIsClosed() throws Exception {
    start();
    answer.leave();
    answer.work();

    assertThat(source.closed).isTrue();
  }

  @Test
  void whatIsReadWhileTheClientLeavesIsSentToNobody() throws Exception {
    start();
    answer.work();
    source.duringRead = answer::leave;
    answer.ask();
    answer.work();

    assertThat(answer.sent()).isEmpty();
    assertThat(source.closed).isTrue();
  }

  @Test
  void whatASourceIsAskedForWhileTheClientLeavesIsCalledOff() throws Exception {
    start();
    answer.work();
    answer.ask();
    answer.work();
    source.duringRead = answer::leave;
    answer.ask();
    answer.work();

    assertThat(source.closed).isTrue();
  }

  @Test
  void aSourceThatFailsEndsTheAnswer() throws Exception {
    start();
    answer.work();
    source.duringRead =
        () -> {
          throw new UnsupportedOperationException("broken");
        };
    answer.ask();
    answer.work();

    assertThat(answer.isCompleted()).isTrue();
    assertThat(source.closed).isTrue();
  }
}

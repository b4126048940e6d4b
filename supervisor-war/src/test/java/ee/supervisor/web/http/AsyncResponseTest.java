package ee.supervisor.web.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.http.ByteSource;
import ee.supervisor.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Clients that leave at an awkward moment, and sources that fail; for the rest see LogTailTest. */
class AsyncResponseTest {
  private ScriptedRequest request = new ScriptedRequest("GET");
  private final Endless endless = new Endless();
  private final Streamed streamed = new Streamed();
  private AsyncResponse response;

  /** Has one word to say, and then another one each time it is asked for. */
  private static final class Endless implements ByteSource {
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

  /** Is five bytes long. */
  private static final class Streamed implements HttpResponse.Source {
    private Runnable duringRead = () -> {};
    private boolean closed;

    @Override
    public InputStream open() {
      return new ByteArrayInputStream("a log".getBytes(US_ASCII)) {
        @Override
        public synchronized int read(byte[] target, int offset, int length) {
          duringRead.run();
          return super.read(target, offset, length);
        }
      };
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private void send(HttpResponse.Body body) {
    response =
        AsyncResponse.begin(
            request.request(),
            request.executor(),
            new DepartedClients(request.executor()),
            new SendWindows(request.executor()));
    response.send(new HttpResponse(200, Map.of(), body));
  }

  private void sendEndless() {
    send(new HttpResponse.Body.Endless(() -> endless));
  }

  private void sendStreamed() {
    send(new HttpResponse.Body.Streamed(5, streamed));
  }

  private boolean isSettled() {
    return response.settled().toCompletableFuture().isDone();
  }

  @Test
  void whatIsWholeIsSentAndTheResponseEnds() throws Exception {
    send(new HttpResponse.Body.Whole("all of it".getBytes(US_ASCII)));
    assertThat(isSettled()).isFalse();
    request.ask();

    assertThat(request.sent()).isEqualTo("all of it".getBytes(US_ASCII));
    assertThat(request.isCompleted()).isTrue();
    assertThat(isSettled()).isTrue();
  }

  @Test
  void whatIsEmptyEndsTheResponse() throws Exception {
    send(new HttpResponse.Body.Whole(new byte[0]));
    request.ask();

    assertThat(request.isCompleted()).isTrue();
  }

  @Test
  void whatIsStreamedIsSentAndClosedAndTheResponseEnds() throws Exception {
    sendStreamed();
    request.work();
    request.ask();
    request.work();

    assertThat(request.sent()).isEqualTo("a log".getBytes(US_ASCII));
    assertThat(request.isCompleted()).isTrue();
    assertThat(streamed.closed).isTrue();
  }

  @Test
  void whatIsReadWhileTheConnectionBreaksIsSentToNobody() throws Exception {
    sendStreamed();
    request.work();
    streamed.duringRead = request::breakOff;
    request.ask();
    request.work();

    assertThat(request.sent()).isEmpty();
    assertThat(request.isCompleted()).isTrue();
    assertThat(streamed.closed).isTrue();
  }

  @Test
  void whatIsShorterThanAnnouncedStopsShort() throws Exception {
    send(new HttpResponse.Body.Streamed(6, streamed));
    request.work();
    request.ask();
    request.work();

    assertThat(request.sent()).isEqualTo("a log".getBytes(US_ASCII));
    assertThat(request.isCompleted()).isTrue();
    assertThat(streamed.closed).isTrue();
  }

  @Test
  void whatIsStreamedToAClientThatHasLeftIsClosed() {
    response =
        AsyncResponse.begin(
            request.request(),
            request.executor(),
            new DepartedClients(request.executor()),
            new SendWindows(request.executor()));
    request.leave();
    response.send(new HttpResponse(200, Map.of(), new HttpResponse.Body.Streamed(5, streamed)));

    assertThat(streamed.closed).isTrue();
  }

  @Test
  void headIsAnsweredWithoutABody() {
    request = new ScriptedRequest("HEAD");
    sendStreamed();

    assertThat(request.isCompleted()).isTrue();
    assertThat(request.sent()).isEmpty();
    assertThat(streamed.closed).isTrue();
  }

  @Test
  void anEndlessSourceIsSentAndMoreAskedFor() throws Exception {
    sendEndless();
    request.work();
    request.ask();
    request.work();

    assertThat(request.sent()).isEqualTo("word".getBytes(US_ASCII));
    assertThat(endless.asked).isTrue();
    assertThat(request.isCompleted()).isFalse();
    assertThat(isSettled()).isTrue();
  }

  @Test
  void aSourceThatCannotBeOpenedIsNotFound() throws Exception {
    send(
        new HttpResponse.Body.Endless(
            () -> {
              throw new NoSuchFileException("log");
            }));
    request.work();
    request.ask();

    assertThat(request.status()).isEqualTo(404);
    assertThat(request.sent()).isNotEmpty();
    assertThat(request.isCompleted()).isTrue();
  }

  @Test
  void aStreamThatCannotBeOpenedIsAnErrorOfTheServer() throws Exception {
    HttpResponse.Source broken =
        () -> {
          throw new IOException("broken");
        };
    send(new HttpResponse.Body.Streamed(5, broken));
    request.work();
    request.ask();

    assertThat(request.status()).isEqualTo(500);
    assertThat(request.isCompleted()).isTrue();
  }

  @Test
  void aSourceThatIsOpenedAfterTheClientLeftIsClosed() {
    sendEndless();
    request.leave();
    request.work();

    assertThat(endless.closed).isTrue();
  }

  @Test
  void whatIsReadWhileTheClientLeavesIsSentToNobody() throws Exception {
    sendEndless();
    request.work();
    endless.duringRead = request::leave;
    request.ask();
    request.work();

    assertThat(request.sent()).isEmpty();
    assertThat(endless.closed).isTrue();
  }

  @Test
  void whatASourceIsAskedForWhileTheClientLeavesIsCalledOff() throws Exception {
    sendEndless();
    request.work();
    request.ask();
    request.work();
    endless.duringRead = request::leave;
    request.ask();
    request.work();

    assertThat(endless.closed).isTrue();
  }

  /** A connection has one response after another, and the container ends them when it likes. */
  @Test
  void theEndOfAnotherResponseOnTheConnectionDoesNotHideThatTheClientLeaves() throws Exception {
    ScriptedRequest before = new ScriptedRequest("GET");
    DepartedClients departed = new DepartedClients(request.executor());
    SendWindows windows = new SendWindows(request.executor());
    AsyncResponse first =
        AsyncResponse.begin(before.request(), before.executor(), departed, windows);
    response = AsyncResponse.begin(request.request(), request.executor(), departed, windows);
    response.send(new HttpResponse(200, Map.of(), new HttpResponse.Body.Endless(() -> endless)));
    request.work();
    first.abandon();

    departed.look();

    assertThat(request.isCompleted()).isTrue();
    assertThat(endless.closed).isTrue();
  }

  @Test
  void aSourceThatFailsEndsTheResponse() throws Exception {
    sendEndless();
    request.work();
    endless.duringRead =
        () -> {
          throw new UnsupportedOperationException("broken");
        };
    request.ask();
    request.work();

    assertThat(request.isCompleted()).isTrue();
    assertThat(endless.closed).isTrue();
  }
}

package ee.supervisor.front;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.budget.MemoryBudget;
import ee.supervisor.http.ByteSource;
import ee.supervisor.http.HttpHandler;
import ee.supervisor.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Responses of every kind, to clients that read, do not read, or leave. */
class ResponsesTest {
  private static final int LARGE = 20 << 20;
  private static final String GET = "GET /x HTTP/1.1\r\n\r\n";

  private final TestFront front = new TestFront();
  private final Log log = new Log();
  private int port;
  private RawClient client;

  /** Stands for a log that is followed. */
  private static final class Log implements ByteSource {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AtomicLong endless = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Runnable waiting;
    private volatile boolean flooding;
    private volatile boolean ended;

    synchronized void append(String more) {
      lines.add(more);
      Runnable callback = waiting;
      waiting = null;
      if (callback != null) {
        callback.run();
      }
    }

    void end() {
      ended = true;
      waiting.run();
    }

    @Override
    public int read(ByteBuffer target) {
      if (flooding) {
        int count = target.remaining();
        target.put(new byte[count]);
        endless.addAndGet(count);
        return count;
      }
      String next = lines.poll();
      if (next == null) {
        return ended ? -1 : 0;
      }
      target.put(next.getBytes(US_ASCII));
      return next.length();
    }

    @Override
    public synchronized void onReadable(Executor executor, Runnable callback) {
      if (lines.isEmpty() && !ended) {
        waiting = () -> executor.execute(callback);
      } else {
        executor.execute(callback);
      }
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  /** A response that is followed, and in which nothing comes. */
  static HttpResponse quiet() {
    return new HttpResponse(200, Map.of(), new HttpResponse.Body.Endless(Log::new));
  }

  private static HttpHandler always(HttpResponse.Body body) {
    return request -> completedStage(new HttpResponse(200, Map.of("X-A", "b"), body));
  }

  @BeforeEach
  void serve() throws IOException {
    port = front.listen();
    client = RawClient.connect(port);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    front.close();
  }

  @Test
  void aFileIsStreamedWithItsLength() throws Exception {
    byte[] content = new byte[LARGE];
    front.on(
        "/",
        always(new HttpResponse.Body.Streamed(LARGE, () -> new ByteArrayInputStream(content))));
    assertThat(client.ask(GET)).contains("\r\nContent-Length: " + LARGE + "\r\n");
    assertThat(client.ask("HEAD /x HTTP/1.1\r\nConnection: close\r\n\r\n").length())
        .isLessThan(1000);
    await().until(() -> front.front.streams().held() == 0 && front.budget.held() == 0);
  }

  /** Stands for a log that is held open and has a place in the budget, read or not. */
  private static final class Held implements HttpResponse.Source {
    private final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public InputStream open() throws IOException {
      throw new IOException("not to be read");
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  @Test
  void whatAClientThatHasLeftWasToGetIsLetGo() throws Exception {
    Held held = new Held();
    CompletableFuture<HttpResponse> response = new CompletableFuture<>();
    AtomicBoolean asked = new AtomicBoolean();
    front.on(
        "/",
        request -> {
          asked.set(true);
          return response;
        });
    client.close();
    RawClient killed = RawClient.breakingOff(port);
    killed.send(GET);
    await().untilTrue(asked);
    killed.close();
    await().until(() -> front.front.connections().size() == 0);
    response.complete(new HttpResponse(200, Map.of(), new HttpResponse.Body.Streamed(LARGE, held)));
    await().untilTrue(held.closed);
  }

  @Test
  void whatIsNeverOpenedIsLetGoToo() throws Exception {
    Held unread = new Held();
    front.on("/", always(new HttpResponse.Body.Streamed(LARGE, unread)));
    try (RawClient other = RawClient.connect(port)) {
      other.send("HEAD /x HTTP/1.1\r\nConnection: close\r\n\r\n");
      assertThat(other.rest()).contains(" 200 ");
    }
    await().untilTrue(unread.closed);
    Held unreadable = new Held();
    front.on("/", always(new HttpResponse.Body.Streamed(LARGE, unreadable)));
    assertThat(client.ask(GET)).contains(" 404 ");
    await().untilTrue(unreadable.closed);
  }

  @Test
  void moreThanWasAnnouncedIsNotSent() throws Exception {
    front.on(
        "/",
        always(new HttpResponse.Body.Streamed(3, () -> new ByteArrayInputStream(new byte[10]))));
    for (int i = 0; i < 3; i++) {
      assertThat(client.ask(GET)).endsWith("\r\n\r\n\0\0\0");
    }
  }

  @Test
  void lessThanWasAnnouncedEndsTheConnection() throws Exception {
    front.on(
        "/",
        always(new HttpResponse.Body.Streamed(9, () -> new ByteArrayInputStream(new byte[3]))));
    assertThat(client.send(GET).rest()).endsWith("\r\n\r\n\0\0\0");
  }

  @Test
  void whatCannotBeOpenedIsNotFound() throws Exception {
    front.on(
        "/",
        always(
            new HttpResponse.Body.Streamed(
                9,
                () -> {
                  throw new IOException("gone");
                })));
    assertThat(client.ask(GET)).startsWith("HTTP/1.1 404 ");
    assertThat(client.ask(GET)).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void aHandlerThatFailsIsAnswered500AndTold() throws Exception {
    front.on(
        "/x",
        request -> {
          throw new NoClassDefFoundError("somebody's");
        });
    assertThat(client.ask(GET)).startsWith("HTTP/1.1 500 ");
    assertThat(front.warnings).anyMatch(line -> line.contains("somebody's"));
  }

  @Test
  void aLogIsFollowed() throws Exception {
    front.on("/", always(new HttpResponse.Body.Endless(() -> log)));
    client.send(GET);
    assertThat(client.response()).contains("\r\nTransfer-Encoding: chunked\r\n");
    for (String line : new String[] {"one", "two", "three"}) {
      log.append(line);
      assertThat(client.some())
          .isEqualTo(Integer.toHexString(line.length()) + "\r\n" + line + "\r\n");
    }
    // held while it is quiet: nothing
    await().until(() -> front.front.streams().held() == 0);
    log.end();
    assertThat(client.response()).isEqualTo("0\r\n\r\n");
    await().untilTrue(log.closed);
  }

  @Test
  void aLogIsFollowedByOldClients() throws Exception {
    front.on("/", always(new HttpResponse.Body.Endless(() -> log)));
    client.send("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    assertThat(client.response()).startsWith("HTTP/1.0 200 ").contains("\r\nConnection: close\r\n");
    log.append("one");
    assertThat(client.some()).isEqualTo("one");
  }

  @Test
  void whoLeavesIsNoticedThoughNothingIsSent() throws Exception {
    front.on("/", always(new HttpResponse.Body.Endless(() -> log)));
    client.ask(GET);
    client.close();
    await().untilTrue(log.closed);
  }

  @Test
  void forAFollowerThatDoesNotReadLittleWaits() throws Exception {
    log.flooding = true;
    front.on("/", always(new HttpResponse.Body.Endless(() -> log)));
    client.send(GET);
    await().during(Duration.ofMillis(300)).until(() -> log.endless.get(), new Unchanged()::test);
    assertThat(front.front.streams().held()).isBetween(1L, 64L << 10);
    client.close();
    await().until(() -> front.front.streams().held() == 0);
  }

  /** The same number as before, and not none. */
  private static final class Unchanged {
    private long before;

    boolean test(long now) {
      boolean same = now == before && now > 0;
      before = now;
      return same;
    }
  }

  @Test
  void manyThatDoNotReadHoldNoMoreThanTheirBudgetAndOthersAreServed() throws Exception {
    front.close();
    try (TestFront small =
        new TestFront(new MemoryBudget(512 << 10), new FrontLimits(1024, 512, 512, 64))) {
      log.flooding = true;
      int narrow =
          small
              .on("/x", always(new HttpResponse.Body.Endless(() -> log)))
              .on("/RPC2", LeniencyTest.ECHO)
              .listen();
      RawClient[] followers = new RawClient[40];
      for (int i = 0; i < followers.length; i++) {
        followers[i] = RawClient.connect(narrow).send(GET);
      }
      await().until(() -> small.front.streams().held() > 200 << 10);
      assertThat(small.front.streams().held()).isLessThanOrEqualTo(256 << 10);
      try (RawClient other = RawClient.connect(narrow)) {
        assertThat(other.ask("GET /RPC2 HTTP/1.1\r\n\r\n")).contains("200 OK");
      }
      for (RawClient follower : followers) {
        follower.close();
      }
      await().until(() -> small.front.streams().held() == 0);
    }
  }

  @Test
  void whoLeavesWhileAFileIsReadClosesIt() throws Exception {
    AtomicInteger open = new AtomicInteger();
    front.on(
        "/",
        always(
            new HttpResponse.Body.Streamed(
                LARGE,
                () -> {
                  open.incrementAndGet();
                  return new InputStream() {
                    @Override
                    public int read() {
                      return 'x';
                    }

                    @Override
                    public void close() {
                      open.decrementAndGet();
                    }
                  };
                })));
    client.send(GET);
    await().until(() -> open.get() == 1);
    client.close();
    await().until(() -> open.get() == 0);
  }

  @Test
  void aResponseThereIsNoMemoryForIsRefused() throws Exception {
    front.on("/x", always(new HttpResponse.Body.Whole(new byte[17 << 20])));
    assertThat(client.ask(GET)).startsWith("HTTP/1.1 503 ").contains("\r\nContent-Length: ");
    await().until(() -> front.budget.held() == 0);
  }

  @Test
  void aNewLineInAHeaderBeginsNoHeader() throws Exception {
    front.on(
        "/x",
        request ->
            completedStage(
                new HttpResponse(
                    302,
                    Map.of("Location", "/y\r\nSet-Cookie: z"),
                    new HttpResponse.Body.Whole(new byte[0]))));
    assertThat(client.ask(GET)).contains("Location: /y  Set-Cookie: z\r\n");
  }
}

package ee.supervisor.front;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No buffer is let go of without being released, whatever clients and the server behind do. */
class LeaksTest {

  @Test
  void nothingLeaks() throws Exception {
    try (TestFront front = new TestFront().on("/RPC2", LeniencyTest.ECHO);
        FakeBackend backend =
            FakeBackend.responding("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
      front.on(
          "/streamed",
          request ->
              completedStage(
                  new HttpResponse(
                      200,
                      Map.of(),
                      new HttpResponse.Body.Streamed(
                          1 << 20, () -> new ByteArrayInputStream(new byte[1 << 20])))));
      int port = front.listen();
      front.front.backend().ready(backend.port());
      for (int i = 0; i < 50; i++) {
        try (RawClient client = RawClient.connect(port)) {
          client.ask("POST /RPC2 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc");
          client.ask("POST /api HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc");
          client.ask("GET /streamed HTTP/1.1\r\n\r\n");
          client.send(
              "GET /streamed HTTP/1.1\r\n\r\nPOST /x HTTP/1.1\r\nContent-Length: 9\r\n\r\na");
        }
        try (RawClient client = RawClient.connect(port)) {
          client.send("GET / HTTP/1.1\r\nX: a\r\n b\r\n\r\nmore").rest();
        }
        try (RawClient client = RawClient.connect(port)) {
          client.send("POST /RPC2 HTTP/1.1\r\nContent-Length: 99999999\r\n\r\nmore").rest();
        }
      }
    }
    for (int i = 0; i < 20; i++) {
      // those that the collector has found are reported with the next one that is made
      System.gc();
      ByteBuf next = ByteBufAllocator.DEFAULT.directBuffer();
      next.release();
    }
    assertThat(Leaks.found()).isEmpty();
  }

  @Test
  void aLeakWouldBeFound() throws Exception {
    Leaks.watch();
    leak();
    for (int i = 0; i < 100 && Leaks.found().isEmpty(); i++) {
      System.gc();
      Thread.onSpinWait();
      ByteBufAllocator.DEFAULT.directBuffer().release();
    }
    assertThat(Leaks.found()).isNotEmpty();
    Leaks.found().clear();
  }

  private static void leak() {
    assertThat(ByteBufAllocator.DEFAULT.directBuffer().writeByte(1).isReadable()).isTrue();
  }
}

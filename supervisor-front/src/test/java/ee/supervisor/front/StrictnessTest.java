package ee.supervisor.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where two readers of one request could differ on where it ends, it is none. */
class StrictnessTest {
  private final TestFront front = new TestFront();
  private RawClient client;

  @BeforeEach
  void serve() throws IOException {
    client = RawClient.connect(front.on("/", LeniencyTest.ECHO).listen());
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    front.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nContent-Length: 3, 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nContent-Length: +3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nContent-Length: 0x3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nContent-Length: -3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\nabc",
        "POST / HTTP/1.1\r\nContent-Length : 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        "GET / HTTP/1.1\r\nX-Folded: a\r\n b\r\n\r\n",
        "GET / HTTP/1.1\r\nX-Folded: a\r\n\tb\r\n\r\n",
        "GET / HTTP/1.1\r\nX-Nul: a\0b\r\n\r\n",
        "GET / HTTP/1.1\r\nX-Return: a\rb\r\n\r\n",
        "GET /\r HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\n: no name\r\n\r\n",
        "GET / HTTP/1.1 \r\nX: bare\nY: feed\n\n",
        "GET / HTTP/2.0\r\n\r\n",
        "GET nowhere HTTP/1.1\r\n\r\n",
        "GET /%00 HTTP/1.1\r\n\r\n",
        "CONNECT a:80 HTTP/1.1\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n",
        "\r\n \r\n\r\n",
      })
  void isAnswered400AndClosed(String request) throws Exception {
    client.send(request);
    assertThat(client.rest())
        .startsWith("HTTP/1.1 400 Bad Request\r\n")
        .contains("\r\nConnection: close\r\n")
        .containsOnlyOnce("HTTP/1.1");
    assertThat(front.front.counts().malformedRequests()).isEqualTo(1);
    assertThat(front.warnings).isEmpty();
  }

  @Test
  void headersOf70KilobytesAreTooMany() throws Exception {
    client.send("GET / HTTP/1.1\r\n");
    for (int i = 0; i < 70; i++) {
      client.send("X-" + i + ": " + "x".repeat(1000) + "\r\n");
    }
    client.send("\r\n");
    assertThat(client.rest()).startsWith("HTTP/1.1 400");
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedUnread() throws Exception {
    client.send("POST / HTTP/1.1\r\nContent-Length: 10000000\r\n\r\n");
    assertThat(client.rest())
        .startsWith("HTTP/1.1 413 ")
        .contains("\r\nContent-Length: ")
        .contains("\r\nConnection: close\r\n");
    await().until(() -> front.budget.held() == 0);
  }

  @Test
  void twoLinesWithinAHeadAreNotTheEndOfOne() throws Exception {
    // split anywhere, it is the same request
    String request = "GET /x HTTP/1.1\r\nA: b\r\n\r\nGET /y HTTP/1.1\r\nX: c\r\n d\r\n\r\n";
    for (int i = 0; i < request.length(); i++) {
      client.send(request.substring(i, i + 1));
    }
    assertThat(client.response()).contains("GET /x?");
    assertThat(client.rest()).startsWith("HTTP/1.1 400");
  }
}

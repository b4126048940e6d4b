package ee.supervisor.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class HttpResponseTextTest {
  private static HttpConversation.HttpResponseText response(String text) {
    HttpConversation.HttpResponseText response = new HttpConversation.HttpResponseText();
    for (byte each : text.getBytes(UTF_8)) {
      response.add(ByteBuffer.wrap(new byte[] {each}));
    }
    return response;
  }

  @Test
  void theStatusIsThatOfTheResponseAndNotOfWhatIsSentAhead() {
    assertThat(response("HTTP/1.1 204 No Content\r\n").status()).contains(204);
    assertThat(response("HTTP/1.0 200\r\n").status()).contains(200);
    assertThat(response("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 500 X\r\n").status())
        .contains(500);
    assertThat(response("SSH-2.0-OpenSSH_9.2\r\n").status()).isEmpty();
    assertThat(response("HTTP/1.1 2x0 OK\r\n").status()).isEmpty();
  }

  @Test
  void aBodyMayComeInChunks() {
    HttpConversation.HttpResponseText response =
        response(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nGr\u00fc\r\n1\r\n\u00df\r\n0\r\n\r\n"
                .replace("3;x=y", "4;x=y")
                .replace("1\r\n", "2\r\n"));
    assertThat(response.isComplete()).isTrue();
    assertThat(response.body()).isEqualTo("Gr\u00fc\u00df");
  }

  @Test
  void aBodyIsCompleteWhenItIsAsLongAsWasSaid() {
    assertThat(response("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nU").isComplete()).isFalse();
    assertThat(response("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nUP").isComplete()).isTrue();
    assertThat(response("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nUP").isComplete()).isFalse();
  }

  @Test
  void rubbishIsBorne() {
    assertThat(response("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx").body())
        .isEqualTo("x");
    HttpConversation.HttpResponseText endless = new HttpConversation.HttpResponseText();
    for (int i = 0; i < 100; i++) {
      endless.add(ByteBuffer.allocate(16 << 10));
    }
    assertThat(endless.isComplete()).isTrue();
    assertThat(endless.status()).isEmpty();
  }
}

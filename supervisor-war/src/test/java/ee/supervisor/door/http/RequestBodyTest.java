package ee.supervisor.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
  private ReadListener listener;

  /** A request with a body that does not tell its length. */
  private HttpServletRequest request(int bytes) {
    ByteArrayInputStream body = new ByteArrayInputStream(new byte[bytes]);
    ServletInputStream in =
        new ServletInputStream() {
          @Override
          public boolean isFinished() {
            return body.available() == 0;
          }

          @Override
          public boolean isReady() {
            return true;
          }

          @Override
          public void setReadListener(ReadListener reader) {
            listener = reader;
          }

          @Override
          public int read() {
            return body.read();
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            return body.read(target, offset, length);
          }
        };
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            HttpServletRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (self, method, arguments) ->
                method.getName().equals("getInputStream") ? in : (Object) Long.valueOf(-1));
  }

  @Test
  void aBodyIsCollected() throws Exception {
    long before = RequestBody.heldBytes();
    CompletionStage<byte[]> body = RequestBody.read(request(10_000), 10_000);
    listener.onDataAvailable();
    assertThat(RequestBody.heldBytes()).isEqualTo(before + 10_000);
    listener.onAllDataRead();

    assertThat(body.toCompletableFuture().get()).hasSize(10_000);
    assertThat(RequestBody.heldBytes()).isEqualTo(before);
  }

  @Test
  void aBodyThatIsRefusedIsGivenUpOnceWhateverTheContainerTellsAfterIt() throws Exception {
    long before = RequestBody.heldBytes();
    CompletionStage<byte[]> body = RequestBody.read(request(10_000), 9_000);
    listener.onDataAvailable();
    listener.onAllDataRead();
    listener.onError(new IllegalStateException("late"));

    assertThat(body.toCompletableFuture()).isCompletedExceptionally();
    assertThat(RequestBody.heldBytes()).isEqualTo(before);
  }
}

package ee.supervisor.superlance;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Asks an HTTP server for one page. */
final class HttpProbe {
  private final URI url;
  private final Duration timeout;
  private final Duration pause;
  private final HttpClient client;

  /**
   * What the server responded.
   *
   * @param status the status code
   * @param body the page, undecodable bytes replaced
   */
  record Response(int status, String body) {}

  /**
   * A probe.
   *
   * @param url of scheme http or https
   * @param timeout how long one attempt may take from connecting to the last byte
   * @param pause time between attempts while the connection is refused; {@code timeout} divided by
   *     it is the number of attempts, at least 1
   */
  HttpProbe(URI url, Duration timeout, Duration pause) {
    this.url = url;
    this.timeout = timeout;
    this.pause = pause;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /**
   * Asks once, or until the connection is no longer refused.
   *
   * @throws IOException if no complete response came in time; its message says why
   */
  Response ask() throws IOException {
    long attempts = pause.isZero() ? 1 : Math.max(1, timeout.dividedBy(pause));
    for (long left = attempts - 1; ; left--) {
      try {
        return askOnce();
      } catch (ConnectException e) {
        if (left == 0) {
          throw new IOException("connection refused", e);
        }
        pause();
      }
    }
  }

  private Response askOnce() throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(url).header("User-Agent", "httpok").timeout(timeout).GET().build();
    // The request's own timeout ends with the last header: a body that drips is cut off here.
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    try {
      HttpResponse<String> response = exchange.get(timeout.toMillis(), MILLISECONDS);
      return new Response(response.statusCode(), response.body());
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new IOException("timed out", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectException refused) {
        throw refused;
      }
      throw new IOException(e.getCause().toString(), e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void pause() throws IOException {
    try {
      MILLISECONDS.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }
}

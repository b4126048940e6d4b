package ee.supervisor.front;

import com.grack.nanojson.JsonWriter;
import ee.supervisor.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * The few words that go with an HTTP error: a page for people, and for a client of REST a problem
 * (RFC 9457), as the doors have them.
 */
final class ErrorBody {

  private ErrorBody() {}

  /**
   * A response that describes an error.
   *
   * @param path that was asked for
   * @param detail what a client of REST is shown
   */
  static HttpResponse response(int status, String path, String detail) {
    String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
    if (path.startsWith("/api/v1") || path.equals("/openapi")) {
      String problem =
          JsonWriter.string()
              .object()
              .value("type", "about:blank")
              .value("title", reason)
              .value("status", status)
              .value("detail", detail)
              .end()
              .done();
      return HttpResponse.text(status, "application/problem+json", problem + "\n");
    }
    return HttpResponse.text(
        status,
        "text/html",
        "<!DOCTYPE html>\n<title>Error %d</title>\n<h1>%d %s</h1>\n"
            .formatted(status, status, reason));
  }
}

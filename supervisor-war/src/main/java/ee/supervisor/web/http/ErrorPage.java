package ee.supervisor.web.http;

import com.grack.nanojson.JsonWriter;
import ee.supervisor.http.HttpResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The few words that go with an HTTP error: a page for people, and for a client of REST a problem
 * (RFC 9457).
 */
public final class ErrorPage {

  private ErrorPage() {}

  /** Responds with a page, on the thread of the request. */
  public static void send(HttpServletResponse response, int status) throws IOException {
    write(response, HttpResponse.error(status));
  }

  /**
   * Responds as the client expects it, on the thread of the request.
   *
   * @param detail what a client of REST is shown
   */
  public static void send(
      HttpServletRequest request, HttpServletResponse response, int status, String detail)
      throws IOException {
    write(response, of(request, status, detail));
  }

  /** The response that the client expects. */
  static HttpResponse of(HttpServletRequest request, int status) {
    return of(request, status, HttpResponse.reason(status));
  }

  private static HttpResponse of(HttpServletRequest request, int status, String detail) {
    return isRest(request) ? problem(status, detail) : HttpResponse.error(status);
  }

  private static void write(HttpServletResponse target, HttpResponse response) throws IOException {
    target.setStatus(response.status());
    response.headers().forEach(target::setHeader);
    byte[] body = ((HttpResponse.Body.Whole) response.body()).bytes();
    target.setContentLength(body.length);
    target.getOutputStream().write(body);
  }

  private static boolean isRest(HttpServletRequest request) {
    String path = request.getServletPath();
    return path.startsWith("/api/v1") || path.equals("/openapi");
  }

  private static HttpResponse problem(int status, String detail) {
    String problem =
        JsonWriter.string()
            .object()
            .value("type", "about:blank")
            .value("title", HttpResponse.reason(status))
            .value("status", status)
            .value("detail", detail)
            .end()
            .done();
    return HttpResponse.text(status, "application/problem+json", problem + "\n");
  }
}

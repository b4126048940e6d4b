package ee.supervisor.door.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.grack.nanojson.JsonWriter;
import ee.supervisor.http.HttpResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The few words that go with an HTTP error: a page for people, and for a client of REST a problem
 * (RFC 9457).
 */
public final class ErrorPage {

  private ErrorPage() {}

  /** Answers with a page, on the thread of the request. */
  public static void send(HttpServletResponse response, int status) throws IOException {
    write(response, page(response, status));
  }

  /**
   * Answers as the client expects it, on the thread of the request.
   *
   * @param detail what a client of REST is told
   */
  public static void send(
      HttpServletRequest request, HttpServletResponse response, int status, String detail)
      throws IOException {
    write(response, isRest(request) ? problem(response, status, detail) : page(response, status));
  }

  /** Answers as the client expects it, and ends an asynchronous request. */
  public static void send(AsyncContext context, int status) {
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    ResponseBody.send(
        context,
        isRest((HttpServletRequest) context.getRequest())
            ? problem(response, status, HttpResponse.reason(status))
            : page(response, status));
  }

  private static void write(HttpServletResponse response, byte[] body) throws IOException {
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static boolean isRest(HttpServletRequest request) {
    String path = request.getServletPath();
    return path.startsWith("/api/v1") || path.equals("/openapi");
  }

  private static byte[] problem(HttpServletResponse response, int status, String detail) {
    response.setStatus(status);
    response.setContentType("application/problem+json");
    String problem =
        JsonWriter.string()
            .object()
            .value("type", "about:blank")
            .value("title", HttpResponse.reason(status))
            .value("status", status)
            .value("detail", detail)
            .end()
            .done();
    return (problem + "\n").getBytes(UTF_8);
  }

  private static byte[] page(HttpServletResponse response, int status) {
    response.setStatus(status);
    response.setContentType("text/html");
    return HttpResponse.errorPage(status).getBytes(US_ASCII);
  }
}

package ee.supervisor.door.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The few words that go with an HTTP error. */
public final class ErrorPage {

  private ErrorPage() {}

  /** Answers with {@code status}, on the thread of the request. */
  public static void send(HttpServletResponse response, int status) throws IOException {
    byte[] body = prepare(response, status);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Answers with {@code status} and ends an asynchronous request. */
  public static void send(AsyncContext context, int status) {
    ResponseBody.send(context, prepare((HttpServletResponse) context.getResponse(), status));
  }

  private static byte[] prepare(HttpServletResponse response, int status) {
    response.setStatus(status);
    response.setContentType("text/html");
    String page =
        "<!DOCTYPE html>\n<title>Error " + status + "</title>\n<h1>" + reason(status) + "</h1>\n";
    return page.getBytes(US_ASCII);
  }

  private static String reason(int status) {
    return status
        + switch (status) {
          case 400 -> " Bad Request";
          case 401 -> " Unauthorized";
          case 403 -> " Forbidden";
          case 404 -> " Not Found";
          case 405 -> " Method Not Allowed";
          case 411 -> " Length Required";
          case 413 -> " Request Entity Too Large";
          case 503 -> " Service Unavailable";
          default -> " Internal Server Error";
        };
  }
}

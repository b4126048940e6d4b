package ee.supervisor.web.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Something that can only be read: other verbs get a 405 with what is allowed. */
public abstract class ReadOnlyServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    switch (request.getMethod()) {
      case "GET", "HEAD" -> super.service(request, response);
      case "OPTIONS" -> response.setHeader("Allow", "GET, HEAD, OPTIONS");
      default -> {
        response.setHeader("Allow", "GET, HEAD, OPTIONS");
        refuse(request, response);
      }
    }
  }

  /** Responds 405; the header Allow is set. */
  protected void refuse(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ErrorPage.send(
        request, response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "this can only be read");
  }
}

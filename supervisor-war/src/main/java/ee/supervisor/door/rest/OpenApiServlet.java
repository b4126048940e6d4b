package ee.supervisor.door.rest;

import ee.supervisor.door.http.ReadOnlyServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** {@code /openapi}: the description of REST for generators and people. */
public final class OpenApiServlet extends ReadOnlyServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/yaml");
    response.setCharacterEncoding("UTF-8");
    try (InputStream document = OpenApiServlet.class.getResourceAsStream("openapi.yaml")) {
      document.transferTo(response.getOutputStream());
    }
  }
}

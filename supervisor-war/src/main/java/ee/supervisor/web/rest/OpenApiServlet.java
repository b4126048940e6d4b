package ee.supervisor.web.rest;

import ee.supervisor.web.http.ErrorPage;
import ee.supervisor.web.http.Preferences;
import ee.supervisor.web.http.ReadOnlyServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code /openapi}: the description of REST for generators and people, as MicroProfile OpenAPI
 * would respond: YAML, and JSON to who asks for it.
 */
public final class OpenApiServlet extends ReadOnlyServlet {
  private static final long serialVersionUID = 1L;

  private enum Format {
    YAML("application/yaml"),
    JSON("application/json");

    final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    /** The one that a request asks for; empty for one that there is not. */
    static Optional<Format> of(HttpServletRequest request) {
      String named = request.getParameter("format");
      if (named == null) {
        Preferences accepted = Preferences.of(request.getHeader("Accept"));
        return Optional.of(
            accepted.quality(JSON.mediaType) > accepted.quality(YAML.mediaType) ? JSON : YAML);
      }
      return switch (named.toLowerCase(Locale.ROOT)) {
        case "yaml" -> Optional.of(YAML);
        case "json" -> Optional.of(JSON);
        default -> Optional.empty();
      };
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Vary", "Accept");
    Optional<Format> format = Format.of(request);
    if (format.isEmpty()) {
      ErrorPage.send(request, response, 400, "format is neither yaml nor json");
      return;
    }
    response.setContentType(format.get().mediaType);
    response.setCharacterEncoding("UTF-8");
    String name = "openapi." + format.get().name().toLowerCase(Locale.ROOT);
    try (InputStream document = OpenApiServlet.class.getResourceAsStream(name)) {
      document.transferTo(response.getOutputStream());
    }
  }
}

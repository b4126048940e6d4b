package ee.supervisor.web.page;

import ee.supervisor.web.http.ErrorPage;
import ee.supervisor.web.http.ReadOnlyServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code /assets/DIGEST/NAME}, which never changes and may be kept for good; and the reference's
 * {@code /stylesheets/NAME} and {@code /images/NAME}, which a browser has to ask for again.
 */
public final class AssetsServlet extends ReadOnlyServlet {
  private static final long serialVersionUID = 1L;

  /** A browser may have them, a proxy between may not: there may be a password before them. */
  private static final String FOR_GOOD = "private, max-age=31536000, immutable";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = Optional.ofNullable(request.getPathInfo()).orElse("/");
    String name = path.substring(path.lastIndexOf('/') + 1);
    Optional<byte[]> file = Assets.file(path);
    if (file.isEmpty()) {
      ErrorPage.send(response, HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    String tag = '"' + Assets.digest() + '"';
    response.setHeader("ETag", tag);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cache-Control", Assets.isCurrent(path) ? FOR_GOOD : "no-cache");
    if (tag.equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(type(name));
    response.setContentLength(file.get().length);
    response.getOutputStream().write(file.get());
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "css" -> "text/css;charset=utf-8";
      case "js" -> "text/javascript;charset=utf-8";
      default -> "image/svg+xml";
    };
  }
}

package ee.supervisor.web.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.control.Supervisor;
import ee.supervisor.http.HttpResponse;
import ee.supervisor.metrics.SupervisorMetrics;
import ee.supervisor.web.Doors;
import ee.supervisor.web.http.AsyncResponse;
import ee.supervisor.web.http.ErrorPage;
import ee.supervisor.web.http.Preferences;
import ee.supervisor.web.http.ReadOnlyServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** {@code /metrics}: all figures as text. */
public final class MetricsServlet extends ReadOnlyServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Doors doors = Doors.of(getServletContext());
    Optional<Supervisor> supervisor = doors.supervisor();
    if (supervisor.isEmpty()) {
      ErrorPage.send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    AsyncResponse pending = doors.begin(request);
    Exposition format = Exposition.accepted(request.getHeader("Accept"));
    boolean gzip = Preferences.of(request.getHeader("Accept-Encoding")).quality("gzip") > 0;
    SupervisorMetrics.measure(supervisor.get(), doors.live().usage())
        .thenAcceptAsync(
            source -> {
              Map<String, String> headers = new LinkedHashMap<>();
              headers.put("Content-Type", format.contentType());
              headers.put("Cache-Control", "no-store");
              headers.put("Vary", "Accept, Accept-Encoding");
              byte[] text = format.write(source.collect()).getBytes(UTF_8);
              if (gzip) {
                headers.put("Content-Encoding", "gzip");
              }
              pending.send(
                  new HttpResponse(
                      200, headers, new HttpResponse.Body.Whole(gzip ? compressed(text) : text)));
            },
            doors.logReaders());
  }

  private static byte[] compressed(byte[] text) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return compressed.toByteArray();
  }
}

package ee.supervisor.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.grack.nanojson.JsonWriter;
import ee.supervisor.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The response that reports how checks went: in the form of MicroProfile Health. */
public final class HealthResponse {
  private HealthResponse() {}

  /** 200 when all of {@code checks} are up, 503 when one is not. */
  public static HttpResponse of(List<HealthCheck> checks) {
    boolean up = checks.stream().allMatch(HealthCheck::up);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", HealthCheck.status(up));
    body.put("checks", checks.stream().map(HealthCheck::members).toList());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Cache-Control", "no-store");
    return new HttpResponse(
        up ? 200 : 503,
        headers,
        new HttpResponse.Body.Whole((JsonWriter.string(body) + "\n").getBytes(UTF_8)));
  }
}

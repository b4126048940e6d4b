package ee.supervisor.web.rest;

import ee.supervisor.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** Responses of those parts of REST that are servlets, since what they send may never end. */
final class JsonResponse {

  private JsonResponse() {}

  /** A JSON object or array. */
  static HttpResponse of(int status, Object body) {
    return of(status, "application/json", Map.of(), body);
  }

  /** A refusal. */
  static HttpResponse of(Problem problem) {
    return of(problem, Map.of());
  }

  /** A refusal with headers of its own. */
  static HttpResponse of(Problem problem, Map<String, String> more) {
    return of(problem.status(), Problem.MEDIA_TYPE, more, problem.members());
  }

  private static HttpResponse of(
      int status, String contentType, Map<String, String> more, Object body) {
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("Content-Type", contentType);
    return new HttpResponse(status, headers, new HttpResponse.Body.Whole(JsonBody.bytes(body)));
  }
}

package ee.supervisor.door.rest;

import ee.supervisor.door.http.ResponseBody;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;

/** Whole answers of those doors that are servlets, since what they send may never end. */
final class Answers {

  private Answers() {}

  /** Refuses a request. */
  static void send(AsyncContext context, Problem problem) {
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    ResponseBody.send(context, JsonBody.bytes(problem.members()));
  }

  /** Answers with a JSON object or array. */
  static void send(AsyncContext context, int status, Object body) {
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    response.setStatus(status);
    response.setContentType("application/json");
    ResponseBody.send(context, JsonBody.bytes(body));
  }

  /** Sets what every endless answer has. */
  static void eventStream(HttpServletResponse response) {
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
  }
}

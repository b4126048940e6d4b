package ee.supervisor.web.rest;

import ee.supervisor.control.RollOptions;
import ee.supervisor.control.RollReport;
import ee.supervisor.protocol.Fault;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How rolling restarts are asked for over HTTP, and how they are answered. */
final class Rolls {

  private Rolls() {}

  /** The options of a query; null for what it does not have. */
  static RollOptions options(String batch, String timeout) {
    return RollOptions.of(number("batch", batch), number("timeout", timeout));
  }

  private static Long number(String name, String value) {
    if (value == null) {
      return null;
    }
    if (!value.matches("[0-9]{1,9}")) {
      throw new BadRequestException(name + "=" + value + " is no whole number");
    }
    return Long.valueOf(value);
  }

  /** 200 when every process was restarted, else a problem that says how far it came. */
  static Response response(RollReport report) {
    Map<String, Object> members = new LinkedHashMap<>();
    Optional<String> problem = report.problem();
    problem.ifPresent(
        detail ->
            members.putAll(
                new Problem(409, detail, Optional.of(Fault.ABNORMAL_TERMINATION)).members()));
    members.put("complete", report.isComplete());
    members.put("results", ProcessJson.of(report.results()));
    members.put("old", report.old());
    return problem.isPresent()
        ? Response.status(409).type(Problem.MEDIA_TYPE).entity(members).build()
        : Response.ok(members).build();
  }
}

package ee.supervisor.health;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one check went, in the form of MicroProfile Health.
 *
 * @param name of the check
 * @param up whether all is well
 * @param data what else there is to say
 */
public record HealthCheck(String name, boolean up, Map<String, Object> data) {

  /** UP or DOWN. */
  public static String status(boolean up) {
    return up ? "UP" : "DOWN";
  }

  /** The members of the JSON object. */
  public Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", name);
    members.put("status", status(up));
    if (!data.isEmpty()) {
      members.put("data", data);
    }
    return members;
  }
}

package ee.supervisor.xmlrpc;

import ee.supervisor.control.ProcessResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The structs that say how a call on several processes went for each. */
final class ProcessResultStruct {

  private ProcessResultStruct() {}

  static List<Map<String, Object>> all(List<ProcessResult> results) {
    return results.stream().map(ProcessResultStruct::of).toList();
  }

  private static Map<String, Object> of(ProcessResult result) {
    Map<String, Object> struct = new LinkedHashMap<>();
    struct.put("name", result.name());
    struct.put("group", result.group());
    struct.put("status", result.fault().code());
    struct.put("description", result.description());
    return struct;
  }
}

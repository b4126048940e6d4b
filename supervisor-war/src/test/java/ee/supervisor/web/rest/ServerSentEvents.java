package ee.supervisor.web.rest;

import java.io.IOException;
import java.util.List;

/** Lines of {@code /events} as the OpenAPI document describes them. */
final class ServerSentEvents {

  private ServerSentEvents() {}

  /** Checks the data of each message. */
  static void check(Contract contract, List<String> lines) throws IOException {
    String type = "";
    for (String line : lines) {
      if (line.startsWith("event: ")) {
        type = line.substring("event: ".length());
      } else if (line.startsWith("data: {")) {
        contract.check(
            line, type.equals("lost") ? "LostEvents" : "Event", line.substring("data: ".length()));
      }
    }
  }
}

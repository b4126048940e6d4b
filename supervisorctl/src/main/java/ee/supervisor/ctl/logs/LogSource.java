package ee.supervisor.ctl.logs;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Names one log.
 *
 * @param process whose it is
 * @param channel which of the two
 */
record LogSource(String process, Channel channel) {

  /** Where the server has what is added to it. */
  String path() {
    String name = URLEncoder.encode(process, StandardCharsets.UTF_8).replace("+", "%20");
    return "/logtail/" + name + "/" + channel.word();
  }
}

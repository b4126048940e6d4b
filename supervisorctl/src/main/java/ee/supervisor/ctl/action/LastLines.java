package ee.supervisor.ctl.action;

import ee.supervisor.client.RpcFault;
import ee.supervisor.client.Server;
import java.io.IOException;
import java.util.List;

/**
 * Holds the last lines that a process wrote to stderr; to stdout if nothing is to be had of that.
 *
 * @param channel where they were written
 * @param lines fit to be shown, oldest first
 */
record LastLines(String channel, List<String> lines) {
  private static final int BYTES = 8192;
  private static final int MAX_WIDTH = 500;

  /**
   * Reads them; what cannot be read has no lines.
   *
   * @param name the process
   * @param count how many at most
   */
  static LastLines of(Server server, String name, int count) throws IOException {
    List<String> stderr = read(server, "supervisor.readProcessStderrLog", name, count);
    return stderr.isEmpty()
        ? new LastLines("stdout", read(server, "supervisor.readProcessStdoutLog", name, count))
        : new LastLines("stderr", stderr);
  }

  private static List<String> read(Server server, String method, String name, int count)
      throws IOException {
    String text;
    try {
      text = String.valueOf(server.call(method, name, -BYTES, 0));
    } catch (RpcFault fault) {
      // it has no such log
      return List.of();
    }
    List<String> all = text.lines().toList();
    return all.subList(Math.max(0, all.size() - count), all.size()).stream()
        .map(PrintableText::of)
        .map(line -> line.length() > MAX_WIDTH ? line.substring(0, MAX_WIDTH) + "…" : line)
        .toList();
  }
}

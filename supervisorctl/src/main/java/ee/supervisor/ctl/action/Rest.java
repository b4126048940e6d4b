package ee.supervisor.ctl.action;

import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import ee.supervisor.client.HttpStatusException;
import ee.supervisor.client.Server;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what supervisord tells by REST, which Supervisor's own server does not have. */
public final class Rest {
  private static final int MAX_BYTES = 64 << 20;

  private Rest() {}

  /**
   * Reads a JSON document.
   *
   * @param server whom to ask
   * @param path below {@code /api/v1}, with its query
   * @return empty if the server has no such interface
   * @throws IOException if it cannot be reached, or refuses us
   */
  public static Optional<Object> get(Server server, String path) throws IOException {
    try (InputStream in = server.follow("/api/v1" + path)) {
      byte[] body = in.readNBytes(MAX_BYTES);
      return Optional.of(JsonParser.any().from(new String(body, StandardCharsets.UTF_8)));
    } catch (HttpStatusException e) {
      if (isAbsent(e)) {
        return Optional.empty();
      }
      throw e;
    } catch (JsonParserException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether a refusal means that the server has no such interface.
   *
   * @param e what it said
   * @return false if it only does not let us in
   */
  static boolean isAbsent(HttpStatusException e) {
    return e.status() != 401 && e.status() != 403;
  }

  /** A part of a path. */
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

package ee.supervisor.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Fields sent in a query or in a form; of several with one name the first counts. Immutable. */
final class Form {
  private static final System.Logger LOG = System.getLogger(Form.class.getName());

  private final Map<String, String> fields;

  private Form(Map<String, String> fields) {
    this.fields = fields;
  }

  /**
   * Reads {@code a=1&b=2}; what cannot be decoded is left out, an empty value too.
   *
   * @param text null for no query at all
   */
  static Form parse(String text) {
    return new Form(Map.of()).and(text == null ? "" : text);
  }

  /** These fields, and those of {@code text} that are not among them. */
  Form and(String text) {
    Map<String, String> all = new HashMap<>(fields);
    for (String field : text.split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0 && equals < field.length() - 1) {
        try {
          String name = URLDecoder.decode(field.substring(0, equals), UTF_8);
          all.putIfAbsent(name, URLDecoder.decode(field.substring(equals + 1), UTF_8));
        } catch (IllegalArgumentException e) {
          LOG.log(System.Logger.Level.DEBUG, "half a percent sequence: no browser sent it", e);
        }
      }
    }
    return new Form(all);
  }

  /** The field's value, if it was sent and is not empty. */
  Optional<String> get(String name) {
    return Optional.ofNullable(fields.get(name));
  }
}

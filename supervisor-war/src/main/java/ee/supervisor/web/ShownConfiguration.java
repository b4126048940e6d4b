package ee.supervisor.web;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import ee.supervisor.config.CheckReport;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.Secrets;
import java.util.List;

/** Makes of a configuration what clients may see: no password, no value of a variable. */
public final class ShownConfiguration {

  private ShownConfiguration() {}

  /** As {@code supervisord --check} prints it, with secrets hidden. */
  public static JsonObject of(Configuration configuration) {
    try {
      JsonObject shown = JsonParser.object().from(CheckReport.json(configuration));
      hide(shown);
      return shown;
    } catch (JsonParserException e) {
      throw new IllegalStateException("what we wrote is JSON", e);
    }
  }

  private static void hide(Object value) {
    if (value instanceof List<?> list) {
      list.forEach(ShownConfiguration::hide);
    } else if (value instanceof JsonObject object) {
      if (object.getString("password") != null) {
        object.put("password", Secrets.HIDDEN);
      }
      JsonObject environment = object.getObject("environment");
      if (environment != null) {
        environment.replaceAll((name, secret) -> Secrets.HIDDEN);
      }
      object.values().forEach(ShownConfiguration::hide);
    }
  }
}

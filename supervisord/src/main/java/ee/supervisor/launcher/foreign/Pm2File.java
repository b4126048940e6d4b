package ee.supervisor.launcher.foreign;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An {@code ecosystem.config.json} of pm2: an object with {@code apps}, a list, or one app. */
final class Pm2File {
  private final String file;
  private final Path directory;
  private final String text;

  Pm2File(String file, Path directory, String text) {
    this.file = file;
    this.directory = directory;
    this.text = text;
  }

  List<Program> programs() throws ImportException {
    Object root = root();
    List<Program> programs = new ArrayList<>();
    if (root instanceof JsonObject object && object.containsKey("apps")) {
      Object apps = object.getOrDefault("apps", List.of());
      addAll(programs, "apps", apps instanceof JsonArray list ? list : List.of(apps));
      for (String key : object.keySet()) {
        if (!key.equals("apps")) {
          programs.get(0).lost(key, key.equals("deploy") ? "supervisord does not deploy" : "");
        }
      }
    } else if (root instanceof JsonArray list) {
      addAll(programs, "", list);
    } else {
      programs.add(new Pm2App(file, directory, "", root).program());
    }
    return programs;
  }

  private void addAll(List<Program> programs, String key, List<?> apps) throws ImportException {
    if (apps.isEmpty()) {
      throw new ImportException(file, "apps: names no program");
    }
    for (int i = 0; i < apps.size(); i++) {
      programs.add(new Pm2App(file, directory, key + "[" + i + "].", apps.get(i)).program());
    }
  }

  private Object root() throws ImportException {
    try {
      return JsonParser.any().from(text);
    } catch (JsonParserException e) {
      throw new ImportException(
          file + ":" + e.getLinePosition(), "is not JSON: " + Words.oneLine(e.getMessage()));
    }
  }
}

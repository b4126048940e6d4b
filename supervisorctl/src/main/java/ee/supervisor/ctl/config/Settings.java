package ee.supervisor.ctl.config;

import ee.supervisor.client.Credentials;
import ee.supervisor.getopt.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what command line and configuration file together ask for.
 *
 * @param serverUrl where the server listens
 * @param credentials who we are
 * @param prompt what the shell shows, without the mark behind it
 * @param historyFile where the shell keeps what was typed, or empty for nowhere
 * @param plugins further actions
 */
public record Settings(
    String serverUrl,
    Credentials credentials,
    String prompt,
    Optional<Path> historyFile,
    List<PluginSection> plugins) {
  private static final String SECTION = "supervisorctl";
  private static final String DEFAULT_URL = "http://localhost:9001";
  private static final String PLUGIN_PREFIX = "ctlplugin:";
  private static final String PLUGIN_KEY = "supervisor.ctl_factory";

  /**
   * Reads the configuration file, if there is one, beneath the command line.
   *
   * @param options the command line
   * @param program the path by which the operator started us
   * @param environment for {@code %(ENV_x)s}
   * @return the settings
   * @throws UsageException if the file cannot be read or used
   */
  public static Settings load(
      CommandLineOptions options, Path program, Map<String, String> environment)
      throws UsageException {
    Optional<Path> file = options.configuration().map(Path::of);
    if (file.isEmpty()) {
      file = ConfigSearch.find(program);
    }
    Settings base =
        file.isPresent()
            ? read(file.get(), environment)
            : new Settings(
                DEFAULT_URL, Credentials.NONE, "supervisor", Optional.empty(), List.of());
    return base.with(options);
  }

  private Settings with(CommandLineOptions options) {
    return new Settings(
        options.serverUrl().orElse(serverUrl),
        new Credentials(
            options.username().or(credentials::username),
            options.password().or(credentials::password)),
        prompt,
        options.historyFile().map(Settings::normalize).or(() -> historyFile),
        plugins);
  }

  private static Settings read(Path file, Map<String, String> environment) throws UsageException {
    IniFile ini = IniFile.parse(content(file), file.toString());
    if (!ini.sections().contains(SECTION)) {
      throw new UsageException(".ini file does not include supervisorctl section");
    }
    String here = String.valueOf(normalize(file.toString()).getParent());
    Expansion plain = new Expansion(environment, Map.of());
    Expansion withHere = new Expansion(environment, Map.of("here", here));
    String url = option(ini, "serverurl", withHere).orElse(DEFAULT_URL);
    if (url.startsWith("unix://")) {
      url = "unix://" + normalize(url.substring("unix://".length()));
    }
    String prompt = option(ini, "prompt", plain).orElse("supervisor");
    Optional<String> username = option(ini, "username", plain);
    Optional<String> password = option(ini, "password", plain);
    Optional<Path> history =
        option(ini, "history_file", withHere).filter(f -> !f.isEmpty()).map(Settings::normalize);
    return new Settings(
        url, new Credentials(username, password), prompt, history, plugins(ini, plain));
  }

  private static String content(Path file) throws UsageException {
    if (!Files.exists(file)) {
      throw new UsageException("could not find config file " + file);
    }
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UsageException("could not read config file " + file);
    }
  }

  private static Optional<String> option(IniFile ini, String key, Expansion expansion)
      throws UsageException {
    Optional<String> value = ini.value(SECTION, key);
    return value.isEmpty()
        ? value
        : Optional.of(expansion.expand(value.get(), SECTION + "." + key));
  }

  private static List<PluginSection> plugins(IniFile ini, Expansion expansion)
      throws UsageException {
    List<PluginSection> plugins = new ArrayList<>();
    for (String section : ini.sections()) {
      if (section.startsWith(PLUGIN_PREFIX)) {
        Map<String, String> options = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : ini.section(section).entrySet()) {
          String where = section + "." + entry.getKey();
          options.put(entry.getKey(), expansion.expand(entry.getValue(), where));
        }
        String factory = options.remove(PLUGIN_KEY);
        if (factory == null) {
          throw new UsageException("section [" + section + "] does not specify a " + PLUGIN_KEY);
        }
        plugins.add(new PluginSection(section.substring(PLUGIN_PREFIX.length()), factory, options));
      }
    }
    return plugins;
  }

  /** An absolute path without detours; a tilde in front stands for the home directory. */
  private static Path normalize(String path) {
    boolean home = path.equals("~") || path.startsWith("~/");
    String full = home ? System.getProperty("user.home") + path.substring(1) : path;
    return Path.of(full).toAbsolutePath().normalize();
  }
}

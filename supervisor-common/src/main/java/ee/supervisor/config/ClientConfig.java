package ee.supervisor.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code supervisorctl} takes from the file that it shares with supervisord: {@code
 * [supervisorctl]} and {@code [ctlplugin:x]}. Included files do not count for it, as in Supervisor.
 *
 * @param serverUrl where supervisord listens
 * @param username who asks
 * @param password what proves it
 * @param prompt what the shell shows, without the mark behind it
 * @param historyFile where the shell keeps what was typed
 * @param plugins further actions
 */
public record ClientConfig(
    String serverUrl,
    Optional<String> username,
    Optional<String> password,
    String prompt,
    Optional<String> historyFile,
    List<Plugin> plugins) {
  /** What counts where there is no file. */
  public static final ClientConfig DEFAULTS =
      new ClientConfig(
          "http://localhost:9001",
          Optional.empty(),
          Optional.empty(),
          "supervisor",
          Optional.empty(),
          List.of());

  private static final String SECTION = "supervisorctl";
  private static final String PLUGIN_PREFIX = "ctlplugin:";
  private static final String PLUGIN_KEY = "supervisor.ctl_factory";
  private static final String UNIX = "unix://";

  /**
   * A section that adds actions.
   *
   * @param name what stands behind the colon of its header
   * @param factory the class it names
   * @param options its other keys
   */
  public record Plugin(String name, String factory, Map<String, String> options) {}

  /**
   * Reads a file.
   *
   * @param path as the operator wrote it
   * @param environment for {@code %(ENV_x)s} and {@code ~}
   * @throws ConfigException when it cannot be read or used
   */
  public static ClientConfig read(String path, Map<String, String> environment)
      throws ConfigException {
    try {
      Host host = host(environment);
      PosixPaths paths = new PosixPaths(host);
      String absolute = paths.absolute(path);
      IniDocument document = new IniDocument();
      document.merge(ConfigText.read(absolute, path, host.files()), path);
      if (!document.has(SECTION)) {
        throw new ConfigException(".ini file does not include supervisorctl section");
      }
      Expansions expansions = Expansions.ofEnvironment(environment);
      return read(document, expansions, PosixPaths.directoryOf(absolute), host);
    } catch (InvalidPathException e) {
      throw ConfigException.unusableName(e);
    }
  }

  private static ClientConfig read(
      IniDocument document, Expansions expansions, String here, Host host) throws ConfigException {
    Section section = new Section(document, SECTION, expansions, host);
    Section withHere = section.with(expansions.with("here", here));
    PosixPaths paths = section.paths();
    String url = withHere.text("serverurl").orElse(DEFAULTS.serverUrl);
    if (url.startsWith(UNIX)) {
      url = UNIX + paths.normalize(url.substring(UNIX.length()));
    }
    String prompt = section.text("prompt").orElse(DEFAULTS.prompt);
    Optional<String> username = section.text("username");
    Optional<String> password = section.text("password");
    String history = withHere.text("history_file").orElse("");
    return new ClientConfig(
        url,
        username,
        password,
        prompt,
        history.isEmpty() ? Optional.empty() : Optional.of(paths.normalize(history)),
        plugins(document, expansions, host));
  }

  private static List<Plugin> plugins(IniDocument document, Expansions expansions, Host host)
      throws ConfigException {
    List<Plugin> plugins = new ArrayList<>();
    for (String name : document.sections()) {
      if (name.startsWith(PLUGIN_PREFIX)) {
        plugins.add(plugin(new Section(document, name, expansions, host)));
      }
    }
    return plugins;
  }

  private static Plugin plugin(Section section) throws ConfigException {
    Optional<String> factory = section.text(PLUGIN_KEY);
    if (factory.isEmpty()) {
      throw new ConfigException(
          "section [" + section.name() + "] does not specify a " + PLUGIN_KEY);
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (Map.Entry<String, String> option : section.options().entrySet()) {
      if (!option.getKey().equals(PLUGIN_KEY)) {
        options.put(option.getKey(), section.expand(option.getValue(), option.getKey()));
      }
    }
    return new Plugin(section.name().substring(PLUGIN_PREFIX.length()), factory.get(), options);
  }

  /** What a client can know without a native library. */
  private static Host host(Map<String, String> environment) {
    Map<String, String> withHome = new HashMap<>(environment);
    withHome.putIfAbsent("HOME", System.getProperty("user.home"));
    return new Host(
        withHome,
        Path.of("").toAbsolutePath(),
        "",
        -1,
        "",
        PasswdFile.INSTANCE,
        name -> true,
        ConfigFiles.ON_DISK,
        false);
  }
}

package ee.supervisor.ctl.config;

import ee.supervisor.client.Credentials;
import ee.supervisor.config.ClientConfig;
import ee.supervisor.config.ConfigException;
import ee.supervisor.config.ConfigSearchPath;
import ee.supervisor.getopt.UsageException;
import java.nio.file.Path;
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
    List<ClientConfig.Plugin> plugins) {

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
      SupervisorctlOptions options, String program, Map<String, String> environment)
      throws UsageException {
    Optional<String> file = options.configuration();
    if (file.isEmpty()) {
      file = ConfigSearchPath.look(program, Path.of(""));
    }
    return of(options, file.isEmpty() ? ClientConfig.DEFAULTS : read(file.get(), environment));
  }

  private static ClientConfig read(String file, Map<String, String> environment)
      throws UsageException {
    try {
      return ClientConfig.read(file, environment);
    } catch (ConfigException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static Settings of(SupervisorctlOptions options, ClientConfig config) {
    Optional<String> history =
        options.historyFile().isPresent() ? options.historyFile() : config.historyFile();
    return new Settings(
        options.serverUrl().orElse(config.serverUrl()),
        new Credentials(
            options.username().isPresent() ? options.username() : config.username(),
            options.password().isPresent() ? options.password() : config.password()),
        config.prompt(),
        history.isPresent() ? Optional.of(Path.of(history.get())) : Optional.empty(),
        config.plugins());
  }
}

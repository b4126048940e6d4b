package ee.supervisor.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@code supervisord.conf} on disk, with the command-line options that win over it. Each {@link
 * #load} reads it and what it includes anew.
 */
public final class ConfigFile implements ConfigSource {
  private final String path;
  private final Overrides overrides;
  private final Host host;

  /**
   * @param path of the main file; relative to the current directory of {@code host}
   * @param overrides options of the command line
   * @param host what the file's meaning depends on beside its text
   */
  public ConfigFile(String path, Overrides overrides, Host host) {
    this.path = requireNonNull(path);
    this.overrides = requireNonNull(overrides);
    this.host = requireNonNull(host);
  }

  @Override
  public Configuration load() throws ConfigException {
    try {
      return read();
    } catch (InvalidPathException e) {
      throw ConfigException.unusableName(e);
    }
  }

  private Configuration read() throws ConfigException {
    PosixPaths paths = new PosixPaths(host);
    String absolute = paths.absolute(path);
    String here = PosixPaths.directoryOf(absolute);
    Expansions environment = Expansions.ofEnvironment(host.environment());
    IniDocument document = new IniDocument();
    document.merge(ConfigText.read(absolute, path, host.files()), path);
    List<String> infos = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    if (document.has("include")) {
      document.expandHere(here);
      Expansions names = environment.with("here", here).with("host_node_name", host.hostName());
      new IncludedFiles(document, paths, host.files(), infos, warnings).read(here, names);
    }
    GoOptions.apply(document);
    GoOptions.warn(document, warnings);
    if (!document.has("supervisord")) {
      throw new ConfigException(".ini file does not include supervisord section");
    }
    return configuration(document, here, environment, infos, warnings);
  }

  private Configuration configuration(
      IniDocument document,
      String here,
      Expansions environment,
      List<String> infos,
      List<String> warnings)
      throws ConfigException {
    SupervisordSection section =
        new SupervisordSection(
            new Section(document, "supervisord", environment.with("here", here), host));
    SupervisordConfig supervisord = section.read();
    Reading reading =
        new Reading(
            document,
            here,
            environment.withEnvironment(supervisord.environment()),
            supervisord.environment(),
            host,
            warnings);
    List<RpcInterfaceConfig> rpcInterfaces = RpcInterfaceSections.read(reading);
    List<GroupConfig> groups = GroupSections.read(reading);
    new DependencyRules(reading, groups).check(supervisord.exitOn());
    List<HttpServerConfig> servers = ServerSections.read(reading);
    SupervisordConfig complete = section.complete(supervisord, overrides, servers);
    Users users = UserSections.read(reading, servers);
    Optional<JmxConfig> jmx = JmxSection.read(reading, users);
    AccessConfig access = section.access(users);
    Optional<OtlpConfig> otlp = section.otlp(warnings);
    return new Configuration(
        complete, servers, rpcInterfaces, groups, access, jmx, otlp, infos, warnings);
  }

  /** The file this reads, as it was named. */
  public String path() {
    return path;
  }
}

package ee.supervisor.web;

import ee.supervisor.config.AccessConfig;
import ee.supervisor.config.ChannelConfig;
import ee.supervisor.config.Configuration;
import ee.supervisor.config.Dependency;
import ee.supervisor.config.GroupConfig;
import ee.supervisor.config.HttpServerConfig;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.LogLevel;
import ee.supervisor.config.Password;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.ProcessSelector;
import ee.supervisor.config.Role;
import ee.supervisor.config.RpcInterfaceConfig;
import ee.supervisor.config.SampleProcess;
import ee.supervisor.config.SupervisordConfig;
import ee.supervisor.config.User;
import ee.supervisor.config.Users;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A configuration for tests, put together step by step; logs go to a directory of the test's. */
public final class TestConfiguration {
  private static final String MAIN = "supervisor.rpcinterface:make_main_rpcinterface";

  private final Path directory;
  private final List<HttpServerConfig> servers = new ArrayList<>();
  private final List<RpcInterfaceConfig> interfaces = new ArrayList<>();
  private final List<GroupConfig> groups = new ArrayList<>();
  private final List<User> users = new ArrayList<>();
  private Optional<Boolean> audit = Optional.empty();

  /** One with the main interface, and neither server nor program yet. */
  public TestConfiguration(Path directory) {
    this.directory = directory;
    interfaces.add(new RpcInterfaceConfig("supervisor", MAIN, Map.of()));
  }

  /** A TCP server that asks for no password. */
  public TestConfiguration inet() {
    return inet(Optional.empty(), Optional.empty());
  }

  /** A TCP server that asks for a password. */
  public TestConfiguration inet(Optional<String> username, Optional<String> password) {
    servers.add(
        new HttpServerConfig.Inet(
            "inet_http_server", "127.0.0.1", 9001, username, password, Optional.empty()));
    return this;
  }

  /** A server section of any kind. */
  public TestConfiguration server(HttpServerConfig server) {
    servers.add(server);
    return this;
  }

  /** A {@code [user:x]} section. */
  public TestConfiguration user(String name, String password, Role role) {
    users.add(new User(name, new Password(password), role));
    return this;
  }

  /** {@code audit} of {@code [supervisord]}. */
  public TestConfiguration audit(boolean wanted) {
    audit = Optional.of(wanted);
    return this;
  }

  /** Another RPC interface. */
  public TestConfiguration rpcInterface(String name, String factory, Map<String, String> extras) {
    interfaces.add(new RpcInterfaceConfig(name, factory, extras));
    return this;
  }

  /** A program that starts with supervisord and is running as soon as it exists. */
  public TestConfiguration program(String name, String command) {
    return program(name, command, 0);
  }

  /** A program that must stay up for {@code startsecs} to be running. */
  public TestConfiguration program(String name, String command, int startsecs) {
    groups.add(
        new GroupConfig.Programs(name, 999, List.of(process(name, command, startsecs, true))));
    return this;
  }

  /** A program that is started when another is running. */
  public TestConfiguration dependent(String name, String command, String needed) {
    ProcessConfig alone = process(name, command, 0, true);
    ProcessSelector on = new ProcessSelector(Optional.of(needed), Optional.of(needed));
    Dependency need = new Dependency(on, Optional.of(Dependency.Condition.RUNNING));
    groups.add(
        new GroupConfig.Programs(
            name, 999, List.of(with(alone, alone.execution(), List.of(need)))));
    return this;
  }

  /** A program with variables of its own. */
  public TestConfiguration program(String name, String command, Map<String, String> environment) {
    ProcessConfig plain = process(name, command, 0, true);
    ProcessConfig.Execution execution = plain.execution();
    ProcessConfig.Execution inIt =
        new ProcessConfig.Execution(
            execution.user(),
            execution.umask(),
            execution.directory(),
            environment,
            execution.serverurl());
    groups.add(new GroupConfig.Programs(name, 999, List.of(with(plain, inIt, List.of()))));
    return this;
  }

  private static ProcessConfig with(
      ProcessConfig process, ProcessConfig.Execution execution, List<Dependency> needs) {
    return new ProcessConfig(
        process.name(),
        process.command(),
        process.priority(),
        process.start(),
        process.restart(),
        process.stop(),
        execution,
        process.redirectStderr(),
        process.stdout(),
        process.stderr(),
        new ProcessConfig.Relations("", needs, List.of()),
        process.policy(),
        process.health(),
        process.hooks(),
        process.rollingUpdate());
  }

  /** A group of {@code count} processes {@code group_0} and so on, of which none is started. */
  public TestConfiguration fleet(String group, int count, String command) {
    groups.add(
        new GroupConfig.Programs(
            group,
            999,
            IntStream.range(0, count)
                .mapToObj(i -> process(group + "_" + i, command, 0, false))
                .toList()));
    return this;
  }

  private ProcessConfig process(String name, String command, int startsecs, boolean autostart) {
    return SampleProcess.of(
        name, command, autostart, startsecs, channel(name + ".out"), channel(name + ".err"));
  }

  /** The log file of one channel of a program. */
  public Path log(String program, String channel) {
    return directory.resolve(program + (channel.equals("stdout") ? ".out" : ".err"));
  }

  private ChannelConfig channel(String file) {
    return new ChannelConfig(
        new LogDestination.File(directory.resolve(file).toString()), 0, 0, 0, false, false);
  }

  /** The configuration as it is now. */
  public Configuration build() {
    SupervisordConfig supervisord =
        new SupervisordConfig(
            false,
            true,
            Optional.empty(),
            022,
            Optional.empty(),
            new LogDestination.File(directory.resolve("supervisord.log").toString()),
            0,
            0,
            LogLevel.INFO,
            directory.resolve("supervisord.pid").toString(),
            "supervisor",
            directory.toString(),
            1024,
            200,
            true,
            false,
            Optional.empty(),
            Map.of(),
            List.of());
    return new Configuration(
        supervisord,
        servers,
        interfaces,
        groups,
        new AccessConfig(new Users(users), audit),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }
}

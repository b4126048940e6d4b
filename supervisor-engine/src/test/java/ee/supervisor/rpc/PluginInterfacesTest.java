package ee.supervisor.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.LogLevel;
import ee.supervisor.config.RpcInterfaceConfig;
import ee.supervisor.control.Supervisor;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.plugin.PluginPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginInterfacesTest {

  /** Says what it was given. */
  public static final class Echo implements RpcInterfaceFactory {
    @Override
    public List<RpcMethod> create(Supervisor supervisor, Map<String, String> settings) {
      return List.of(
          RpcMethod.named("settings")
              .describedAs("Shows the settings.")
              .returns("string", "the settings")
              .calling(arguments -> CompletableFuture.completedFuture(settings)));
    }
  }

  private static RpcInterfaceConfig section(String factory) {
    return new RpcInterfaceConfig("x", factory, Map.of("key", "value"));
  }

  @Test
  void supervisorsOwnAndAClassThatIsThereAreRight() {
    assertThatCode(
            () ->
                PluginInterfaces.check(
                    List.of(section(PluginInterfaces.MAIN), section(Echo.class.getName()))))
        .doesNotThrowAnyException();
  }

  @Test
  void aClassThatIsNotThereIsToldInSupervisorsWordsAndOurs() {
    assertThatThrownBy(() -> PluginInterfaces.check(List.of(section("nosuch:thing"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("nosuch:thing cannot be resolved within [rpcinterface:x]\n")
        .extracting(e -> ((ConfigException) e).referenceMessage())
        .isEqualTo("nosuch:thing cannot be resolved within [rpcinterface:x]");
  }

  @Test
  void aClassOfAnotherKindIsNoFactory() {
    assertThatThrownBy(() -> PluginInterfaces.check(List.of(section("java.lang.String"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(RpcInterfaceFactory.class.getName());
  }

  /** Cannot be made. */
  public static final class Broken implements RpcInterfaceFactory {
    @Override
    public List<RpcMethod> create(Supervisor supervisor, Map<String, String> settings) {
      throw new IllegalStateException("no luck");
    }
  }

  @Test
  void onlyInterfacesBeforeOneThatFailsAreToldOf(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("supervisord.log");
    List<RpcInterfaceConfig> sections =
        List.of(
            new RpcInterfaceConfig("supervisor", PluginInterfaces.MAIN, Map.of()),
            new RpcInterfaceConfig("echo", Echo.class.getName(), Map.of()),
            new RpcInterfaceConfig("broken", Broken.class.getName(), Map.of()),
            new RpcInterfaceConfig("later", Echo.class.getName(), Map.of()));
    try (ActivityLog log =
        ActivityLog.open(
            new ActivityLog.Settings(
                LogLevel.INFO, new LogDestination.File(file.toString()), 0, 0, false))) {
      assertThatThrownBy(() -> PluginInterfaces.offer(null, sections, log))
          .isInstanceOf(ConfigException.class)
          .hasMessage("Could not make broken rpc interface");
    }
    assertThat(Files.readAllLines(file))
        .extracting(line -> line.substring(line.indexOf(' ', line.indexOf(' ') + 1) + 1))
        .containsExactly(
            "INFO RPC interface 'supervisor' initialized",
            "INFO RPC interface 'echo' initialized",
            "WARN [rpcinterface:broken] "
                + Broken.class.getName()
                + ": java.lang.IllegalStateException: no luck");
  }

  @Test
  void itsMethodsAreMade() throws Exception {
    assertThat(PluginInterfaces.make(section(Echo.class.getName()), null))
        .extracting(RpcMethod::name)
        .containsExactly("settings");
  }

  /** Every reread checks, for years. */
  @Test
  void aCheckLeavesNoJarOpen(@TempDir Path plugins) throws Exception {
    Path jar = plugins.resolve("ours.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("readme"));
    }
    System.setProperty(PluginPath.PROPERTY, plugins.toString());
    try {
      assertThatThrownBy(() -> PluginInterfaces.check(List.of(section("com.example.Missing"))))
          .isInstanceOf(ConfigException.class);

      try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
        assertThat(descriptors.map(PluginInterfacesTest::target)).doesNotContain(jar);
      }
    } finally {
      System.clearProperty(PluginPath.PROPERTY);
    }
  }

  private static Path target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor);
    } catch (IOException e) {
      // closed meanwhile
      return descriptor;
    }
  }
}

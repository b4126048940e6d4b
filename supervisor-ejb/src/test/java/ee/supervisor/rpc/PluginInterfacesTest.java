package ee.supervisor.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.RpcInterfaceConfig;
import ee.supervisor.control.Supervisor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

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

  @Test
  void itsMethodsAreMade() throws Exception {
    assertThat(PluginInterfaces.make(section(Echo.class.getName()), null))
        .extracting(RpcMethod::name)
        .containsExactly("settings");
  }
}

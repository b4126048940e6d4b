package ee.supervisor.web.xmlrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.Deployment;
import ee.supervisor.event.ProcessState;
import ee.supervisor.web.DoorServer;
import ee.supervisor.web.TestConfiguration;
import ee.supervisor.xmlrpc.RpcClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A third party's namespace beside ours: the worked example of docs/rpcinterface.md. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RpcInterfaceTest {
  private DoorServer server;
  private RpcClient client;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    TestConfiguration configuration =
        new TestConfiguration(directory)
            .inet()
            .rpcInterface(
                "deployment", Deployment.class.getName(), Map.of("clusters", "north,south"))
            .rpcInterface("missing", "com.example.NotThere", Map.of())
            .rpcInterface("wrong", "java.lang.String", Map.of())
            .program("shop-north-batch", "/bin/cat");
    server = DoorServer.start(configuration, directory);
    client = new RpcClient(server.uri("/RPC2"));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aMethodOfAThirdPartyControlsProcesses() throws Exception {
    assertThat(client.call("deployment.stop", "shop", "north", "batch", Map.of()))
        .isEqualTo(List.of("shop-north-batch"));
    assertThat(server.supervisor().process("shop-north-batch").state())
        .isEqualTo(ProcessState.STOPPED);
  }

  @Test
  void itsSectionsKeysReachIt() {
    assertThatThrownBy(() -> client.call("deployment.stop", "shop", "west", "batch", Map.of()))
        .hasMessage("3 BAD_ARGUMENTS: no cluster west");
  }

  @Test
  void itIsToldOfLikeAnyOther() throws Exception {
    assertThat((List<?>) client.call("system.listMethods"))
        .filteredOn(name -> name.toString().startsWith("deployment."))
        .isEqualTo(List.of("deployment.stop"));
    assertThat(client.call("system.methodSignature", "deployment.stop"))
        .isEqualTo(List.of("array", "string", "string", "string", "struct"));
    assertThat(client.call("system.methodHelp", "deployment.stop").toString())
        .startsWith("Stops a job of a service.");
  }

  @Test
  void anInterfaceThatCannotBeMadeTakesNoOtherWithIt() throws Exception {
    assertThatThrownBy(() -> client.call("missing.anything")).hasMessage("1 UNKNOWN_METHOD");
    assertThatThrownBy(() -> client.call("wrong.length")).hasMessage("1 UNKNOWN_METHOD");
    assertThat(client.call("supervisor.getVersion")).isEqualTo("3.0");
  }

  @Test
  void theExampleInTheManualIsTheOneTestedHere() throws Exception {
    String manual = Files.readString(Path.of("../docs/rpcinterface.md"));
    String example = Files.readString(Path.of("src/test/java/com/example/Deployment.java"));
    assertThat(manual).contains(example.substring(example.indexOf("public final class")));
  }
}

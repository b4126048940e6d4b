package ee.supervisor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RpcInterfaceSectionsTest {
  @TempDir private Path directory;

  @Test
  void aSectionNamesAFactoryAndWhatElseItNeeds() throws ConfigException {
    RpcInterfaceConfig config =
        new ConfigFolder(directory)
            .env("X", "1")
            .readWith(
                """
                [rpcinterface:deployment]
                Zone = z
                supervisor.rpcinterface_factory = com.example.Deployment
                a = %(ENV_X)s
                """)
            .rpcInterfaces()
            .get(0);
    assertThat(config.name()).isEqualTo("deployment");
    assertThat(config.factory()).isEqualTo("com.example.Deployment");
    assertThat(config.extras()).containsExactly(entry("zone", "z"), entry("a", "1"));
  }

  @Test
  void aSectionWithoutAFactoryIsTold() {
    assertThat(new ConfigFolder(directory).errorWith("[rpcinterface:x]\na=b\n"))
        .isEqualTo("section [rpcinterface:x] does not specify a supervisor.rpcinterface_factory");
  }
}

package ee.supervisor.jmx.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.jmx.client.JmxAddress.Local;
import ee.supervisor.jmx.client.JmxAddress.Remote;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JmxAddressTest {

  @Test
  void aServiceUrlIsTakenAsItIs() {
    String url = "service:jmx:rmi:///jndi/rmi://host:9010/jmxrmi";

    assertThat(JmxAddress.parse(url)).contains(new Remote(url));
  }

  @Test
  void aHostAndAPortAreShortForAServiceUrl() {
    assertThat(JmxAddress.parse("jmx:host:9010"))
        .contains(new Remote("service:jmx:rmi:///jndi/rmi://host:9010/jmxrmi"));
  }

  @Test
  void aNumberIsAProcessOfThisMachine() {
    assertThat(JmxAddress.parse("jmx:123")).contains(new Local("123"));
  }

  @Test
  void anythingElseIsNoAddressOfOurs() {
    assertThat(JmxAddress.parse("http://host:9001")).isEmpty();
    assertThat(JmxAddress.parse("jmx:")).isEmpty();
    assertThat(JmxAddress.parse("jmx:host")).isEmpty();
  }

  @Test
  void aProcessThatIsNotThereIsToldAsAFailureToConnect() {
    JmxAddress nobody = JmxAddress.parse("jmx:999999999").orElseThrow();

    assertThatThrownBy(() -> nobody.connect(Optional.empty())).isInstanceOf(IOException.class);
  }
}

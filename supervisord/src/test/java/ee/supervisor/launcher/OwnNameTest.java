package ee.supervisor.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class OwnNameTest {
  @Test
  void aNameWithoutAnAddressIsNamedWithWhatMendsIt() {
    assertThat(
            OwnName.shortcoming(
                () -> {
                  throw new UnknownHostException("web7: web7: Name or service not known");
                }))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .contains("'web7' does not resolve")
                    .contains("'127.0.1.1 web7' in /etc/hosts"));
  }

  @Test
  void aNameWithAnAddressIsFine() {
    assertThat(OwnName.shortcoming(InetAddress::getLoopbackAddress)).isEmpty();
  }
}

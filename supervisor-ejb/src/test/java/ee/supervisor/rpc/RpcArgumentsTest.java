package ee.supervisor.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.access.Caller;
import ee.supervisor.config.Role;
import ee.supervisor.rpc.RpcArguments.Nil;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RpcArgumentsTest {

  private static RpcArguments of(Object... values) {
    return new RpcArguments(new Caller(Optional.empty(), "127.0.0.1", Role.ADMIN), List.of(values));
  }

  @Test
  void nilIsFalseAndNeitherNumberNorName() {
    assertThat(of(Nil.NIL).truth(0, true)).isFalse();
    assertThat(of(Nil.NIL).text(0)).isEqualTo("None");
    assertThatThrownBy(() -> of(Nil.NIL).number(0)).hasMessage("INCORRECT_PARAMETERS");
    assertThatThrownBy(() -> of(Nil.NIL).name(0))
        .isInstanceOf(RpcArguments.MistypedException.class);
  }

  @Test
  void whatIsNoDataIsQuotedAsPythonPrintsIt() {
    assertThatThrownBy(() -> of(false).bytes(0)).hasMessage("INCORRECT_PARAMETERS: False");
    assertThatThrownBy(() -> of(List.of("cat", 1L, Nil.NIL)).bytes(0))
        .hasMessage("INCORRECT_PARAMETERS: ['cat', 1, None]");
    assertThatThrownBy(() -> of(Map.of("a", true)).bytes(0))
        .hasMessage("INCORRECT_PARAMETERS: {'a': True}");
    assertThatThrownBy(() -> of(Nil.NIL).bytes(0)).hasMessage("INCORRECT_PARAMETERS");
  }
}

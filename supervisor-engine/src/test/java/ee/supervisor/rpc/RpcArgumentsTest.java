package ee.supervisor.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.access.Caller;
import ee.supervisor.config.Role;
import ee.supervisor.rpc.RpcArguments.Nil;
import java.time.Instant;
import java.util.Date;
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
  void whatPythonWouldStumbleOverIsToldInItsWords() {
    assertThatThrownBy(() -> of("x").number(0))
        .hasMessage("<class 'ValueError'>:invalid literal for int() with base 10: 'x'");
    assertThatThrownBy(() -> of(1L).name(0))
        .hasMessage("<class 'AttributeError'>:'int' object has no attribute 'split'");
    assertThatThrownBy(() -> of(1.5).name(0)).hasMessageContaining("'float' object");
    assertThatThrownBy(() -> of(true).name(0)).hasMessageContaining("'bool' object");
    assertThatThrownBy(() -> of(List.of()).name(0)).hasMessageContaining("'list' object");
    assertThatThrownBy(() -> of(Map.of()).name(0)).hasMessageContaining("'dict' object");
    assertThatThrownBy(() -> of(Nil.NIL).name(0)).hasMessageContaining("'NoneType' object");
    assertThatThrownBy(() -> of(Date.from(Instant.EPOCH)).name(0))
        .hasMessageContaining("'datetime.datetime'");
  }

  @Test
  void callsAreStructsInAnArray() {
    assertThat(of(List.of(Map.of("methodName", "a"))).calls(0)).hasSize(1);
    assertThatThrownBy(() -> of(5L).calls(0))
        .isInstanceOf(RpcArguments.MistypedException.class)
        .hasMessageContaining("'int' object");
    assertThatThrownBy(() -> of(List.of(Map.of(), "a")).calls(0))
        .isInstanceOf(RpcArguments.MistypedException.class)
        .hasMessageContaining("'str' object has no attribute 'get'");
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

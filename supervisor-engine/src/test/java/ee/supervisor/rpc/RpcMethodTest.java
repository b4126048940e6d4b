package ee.supervisor.rpc;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.access.Caller;
import ee.supervisor.config.Role;
import ee.supervisor.text.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RpcMethodTest {
  private static final Caller CALLER = new Caller(Optional.empty(), "127.0.0.1", Role.ADMIN);

  private final RpcMethod method =
      RpcMethod.named("greet")
          .describedAs("Greets.")
          .parameter("string", "name", "whom")
          .optional("boolean", "loud", "shout")
          .returns("string", "the greeting")
          .calling(arguments -> completedStage("hello " + arguments.text(0)));

  @Test
  void itTellsItsSignatureAndHelp() {
    assertThat(method.signature()).isEqualTo(List.of("string", "string", "boolean"));
    assertThat(method.help())
        .isEqualTo(
            """
            Greets.

            @param string name  whom
            @param boolean loud  shout
            @return string result  the greeting
            """);
    assertThat(method.alias("hail").signature()).isEqualTo(method.signature());
  }

  @Test
  void optionalArgumentsMayBeLeftOutAndOthersNot() {
    assertThat(call("Ann").toCompletableFuture()).isCompletedWithValue("hello Ann");
    assertThatThrownBy(this::call).hasMessage("INCORRECT_PARAMETERS");
    assertThatThrownBy(() -> call("Ann", true, 1)).hasMessage("INCORRECT_PARAMETERS");
  }

  @SuppressWarnings("unchecked")
  private CompletionStage<Object> call(Object... arguments) {
    return (CompletionStage<Object>) method.call(new RpcArguments(CALLER, List.of(arguments)));
  }

  @Test
  void aNameThatNobodyCouldCallIsRefused() {
    assertThatThrownBy(() -> RpcMethod.named("_hidden").calling(arguments -> completedStage(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RpcMethod.named("a.b").calling(arguments -> completedStage(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void argumentsAreReadAsPythonReadsThem() {
    RpcArguments arguments =
        new RpcArguments(
            CALLER, List.of(" 1_000 ", 2.9, true, "", List.of(), Bytes.utf8("ü"), Map.of()));
    assertThat(arguments.number(0)).isEqualTo(1000);
    assertThat(arguments.number(1)).isEqualTo(2);
    assertThat(arguments.number(2)).isEqualTo(1);
    assertThat(arguments.text(2)).isEqualTo("True");
    assertThat(arguments.text(5)).isEqualTo("ü");
    assertThat(arguments.truth(0, false)).isTrue();
    assertThat(arguments.truth(3, true)).isFalse();
    assertThat(arguments.truth(4, true)).isFalse();
    assertThat(arguments.truth(6, true)).isFalse();
    assertThat(arguments.truth(7, true)).isTrue();
    assertThatThrownBy(() -> arguments.number(4)).hasMessage("INCORRECT_PARAMETERS");
    assertThatThrownBy(() -> arguments.number(3))
        .isInstanceOf(RpcArguments.MistypedException.class);
    assertThatThrownBy(() -> arguments.name(1)).isInstanceOf(RpcArguments.MistypedException.class);
  }
}

package ee.supervisor.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.config.GroupConfig;
import ee.supervisor.event.Event;
import ee.supervisor.event.EventRejectedException;
import ee.supervisor.event.ResultHandler;
import ee.supervisor.text.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultHandlersTest {
  private static final Event TICK = new Event.Tick(5, 1700000000L);

  /** Accepts what begins with "fine". */
  public static final class Lenient implements ResultHandler {
    @Override
    public void handle(Event event, Bytes result) throws EventRejectedException {
      if (!result.toString().startsWith("fine")) {
        throw new EventRejectedException("not fine");
      }
    }
  }

  @Test
  void theReferencesDefaultAcceptsOk() {
    assertThatCode(() -> defaultHandler().handle(TICK, Bytes.utf8("OK")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAIL", "ok", "OK\n", "OK ", ""})
  void theReferencesDefaultRejectsAllElse(String result) {
    assertThatThrownBy(() -> defaultHandler().handle(TICK, Bytes.utf8(result)))
        .isInstanceOf(EventRejectedException.class);
  }

  @Test
  void theHandlerOfSupervisorStdoutIsStoodInFor() {
    assertThat(named("supervisor_stdout:event_handler")).isInstanceOf(PrefixedStdout.class);
    assertThatCode(() -> ResultHandlers.check(section("supervisor_stdout:event_handler")))
        .doesNotThrowAnyException();
  }

  @Test
  void aJavaClassIsTaken() {
    assertThat(named(Lenient.class.getName())).isInstanceOf(Lenient.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"some_package:handler", "no.such.Handler", "java.lang.String"})
  void whatIsNoHandlerIsRefusedInTheReferencesWords(String name) {
    assertThatThrownBy(() -> named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " cannot be resolved within [eventlistener:mail]");
    assertThatThrownBy(() -> ResultHandlers.check(section(name)))
        .hasMessageStartingWith(name + " cannot be resolved within [eventlistener:mail]");
  }

  private static ResultHandler defaultHandler() {
    return named("supervisor.dispatchers:default_handler");
  }

  private static ResultHandler named(String name) {
    return ResultHandlers.of(section(name));
  }

  private static GroupConfig.EventListeners section(String handler) {
    return PoolSections.judgedBy(handler, "mail", 10, List.of("TICK"), "mail");
  }
}

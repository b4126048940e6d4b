package ee.supervisor.event;

import static ee.supervisor.testing.Requirement.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.testing.Requires;
import ee.supervisor.text.Bytes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventTypeTest {

  @Test
  @Requires(REFERENCE)
  void theNamesAreThoseOfTheReference() throws Exception {
    String script =
        "from supervisor.events import EventTypes\n"
            + "print(' '.join(n for n in vars(EventTypes) if n.isupper()))";

    assertThat(Arrays.stream(EventType.values()).map(Enum::name).toList())
        .containsExactlyInAnyOrder(Python.run("-c", script).trim().split(" "));
  }

  @Test
  @Requires(REFERENCE)
  void theHierarchyIsThatOfTheReference() throws Exception {
    String script =
        """
        from supervisor.events import EventTypes
        types = {n: t for n, t in vars(EventTypes).items() if n.isupper()}
        for n, t in types.items():
            for m, u in types.items():
                if issubclass(u, t):
                    print(n, m)
        """;

    List<String> ours =
        Arrays.stream(EventType.values())
            .flatMap(
                type ->
                    Arrays.stream(EventType.values())
                        .filter(type::covers)
                        .map(below -> type + " " + below))
            .toList();
    assertThat(ours).containsExactlyInAnyOrderElementsOf(Python.run("-c", script).lines().toList());
  }

  @Test
  void aNameIsFoundInCapitalsOnly() {
    assertThat(EventType.named("TICK_60")).contains(EventType.TICK_60);
    assertThat(EventType.named("tick_60")).isEmpty();
    assertThat(EventType.named("TICK_7")).isEmpty();
  }

  @Test
  void eventIsTheRootAndHasNoParent() {
    assertThat(EventType.EVENT.parent()).isEmpty();
    assertThat(EventType.TICK_5.parent()).contains(EventType.TICK);
  }

  @ParameterizedTest
  @EnumSource(ProcessState.class)
  void aStateChangeHasTheTypeOfTheNewState(ProcessState to) {
    Event change = new Event.ProcessStateChanged("p", "g", ProcessState.STARTING, to, 1, 0, true);

    assertThat(EventType.of(change).name()).isEqualTo("PROCESS_STATE_" + to);
  }

  @Test
  void outputHasTheTypeOfItsChannel() {
    Bytes data = Bytes.utf8("x");

    assertThat(EventType.of(new Event.ProcessLog("p", "g", 1, Event.Channel.STDERR, data)))
        .isEqualTo(EventType.PROCESS_LOG_STDERR);
    assertThat(
            EventType.of(new Event.ProcessCommunication("p", "g", 1, Event.Channel.STDOUT, data)))
        .isEqualTo(EventType.PROCESS_COMMUNICATION_STDOUT);
  }

  @Test
  void aTickOfAnotherPeriodIsNoEvent() {
    assertThatThrownBy(() -> EventType.of(new Event.Tick(7, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no TICK event has a period of 7 s");
  }
}

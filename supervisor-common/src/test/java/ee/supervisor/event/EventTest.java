package ee.supervisor.event;

import static ee.supervisor.testing.Requirement.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.testing.Requires;
import ee.supervisor.text.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventTest {
  private static final Pattern CODE = Pattern.compile("`([A-Z0-9_]+)`");

  @Test
  @Requires(REFERENCE)
  void theNamesAreThoseOfTheReference() throws Exception {
    String script =
        "from supervisor.events import EventTypes\n"
            + "print(' '.join(n for n in vars(EventTypes) if n.isupper()))";

    assertThat(supervisors().map(Enum::name).toList())
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
        supervisors()
            .flatMap(
                type ->
                    Arrays.stream(Event.Type.values())
                        .filter(type::covers)
                        .map(below -> type + " " + below))
            .toList();
    assertThat(ours).containsExactlyInAnyOrderElementsOf(Python.run("-c", script).lines().toList());
  }

  @Test
  void aNameIsFoundInCapitalsOnly() {
    assertThat(Event.Type.named("TICK_60")).contains(Event.Type.TICK_60);
    assertThat(Event.Type.named("tick_60")).isEmpty();
    assertThat(Event.Type.named("TICK_7")).isEmpty();
  }

  @Test
  void eventIsTheRootAndHasNoParent() {
    assertThat(Event.Type.EVENT.parent()).isEmpty();
    assertThat(Event.Type.TICK_5.parent()).contains(Event.Type.TICK);
  }

  @ParameterizedTest
  @EnumSource(ProcessState.class)
  void aStateChangeHasTheTypeOfTheNewState(ProcessState to) {
    Event change = new Event.ProcessStateChanged("p", "g", ProcessState.STARTING, to, 1, 0, true);

    assertThat(change.eventType().name()).isEqualTo("PROCESS_STATE_" + to);
  }

  @Test
  void outputHasTheTypeOfItsChannel() {
    Bytes data = Bytes.utf8("x");

    assertThat(new Event.ProcessLog("p", "g", 1, Channel.STDERR, data).eventType())
        .isEqualTo(Event.Type.PROCESS_LOG_STDERR);
    assertThat(new Event.ProcessCommunication("p", "g", 1, Channel.STDOUT, data).eventType())
        .isEqualTo(Event.Type.PROCESS_COMMUNICATION_STDOUT);
  }

  @Test
  void aTickOfAnotherPeriodIsNoEvent() {
    assertThatThrownBy(() -> new Event.Tick(7, 0).eventType())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no TICK event has a period of 7 s");
  }

  @ParameterizedTest
  @MethodSource("ee.supervisor.event.SampleEvents#payloads")
  void thePayloadIsTheReferences(Event event, String payload) {
    assertThat(event.payload()).isEqualTo(payload);
  }

  @Test
  void everyRecordAndEveryTypeThatCanHappenHasAPayloadHere() {
    List<Event> tested = SampleEvents.payloads().map(each -> (Event) each.get()[0]).toList();

    assertThat(tested.stream().map(Event::eventType).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Event.Type.values()).filter(EventTest::canHappen).toList());
    assertThat(tested.stream().map(Event::getClass).distinct().toArray(Class<?>[]::new))
        .containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
  }

  @Test
  void everyLengthOfATickHasAType() {
    assertThat(Event.Tick.PERIODS.stream().map(period -> new Event.Tick(period, 0).eventType()))
        .allMatch(Event.Type.TICK::covers)
        .doesNotHaveDuplicates();
  }

  /** The table in the documentation has a row for each type, in its first column. */
  @Test
  void theDocumentationKnowsTheSameTypes() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("../docs/events.md")).stream()
            .takeWhile(line -> !line.startsWith("## Listener processes"))
            .filter(line -> line.startsWith("| `"))
            .flatMap(line -> CODE.matcher(line.split("\\|", 3)[1]).results())
            .map(found -> found.group(1))
            .toList();

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Event.Type.values()).map(Enum::name).toList());
  }

  @Test
  void whatIsNotSupervisorsIsHeardByItsOwnNameAlone() {
    List<Event.Type> own =
        Arrays.stream(Event.Type.values()).filter(type -> !Event.Type.EVENT.covers(type)).toList();
    assertThat(own)
        .containsExactly(
            Event.Type.PROCESS_DEPENDENCY_FAILED,
            Event.Type.PROCESS_READY,
            Event.Type.PROCESS_UNREADY);
    for (Event.Type one : own) {
      assertThat(Arrays.stream(Event.Type.values()).filter(type -> type.covers(one)))
          .containsExactly(one);
    }
  }

  private static Stream<Event.Type> supervisors() {
    return Arrays.stream(Event.Type.values()).filter(Event.Type.EVENT::covers);
  }

  private static boolean canHappen(Event.Type type) {
    return Stream.of(Event.Type.values()).filter(type::covers).count() == 1;
  }
}

package ee.supervisor.event;

import static ee.supervisor.testing.Requirement.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.testing.Requires;
import ee.supervisor.text.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventEnvelopeTest {
  private static final String OF_APP = "processname:app_00 groupname:web ";

  static Stream<Arguments> payloads() {
    return Stream.of(
        Arguments.of(change(ProcessState.STARTING), OF_APP + "from_state:BACKOFF tries:3"),
        Arguments.of(change(ProcessState.BACKOFF), OF_APP + "from_state:BACKOFF tries:3"),
        Arguments.of(change(ProcessState.RUNNING), OF_APP + "from_state:BACKOFF pid:4711"),
        Arguments.of(change(ProcessState.STOPPING), OF_APP + "from_state:BACKOFF pid:4711"),
        Arguments.of(change(ProcessState.STOPPED), OF_APP + "from_state:BACKOFF pid:4711"),
        Arguments.of(
            change(ProcessState.EXITED), OF_APP + "from_state:BACKOFF expected:0 pid:4711"),
        Arguments.of(
            new Event.ProcessStateChanged(
                "app_00", "web", ProcessState.RUNNING, ProcessState.EXITED, 4711, 0, true),
            OF_APP + "from_state:RUNNING expected:1 pid:4711"),
        Arguments.of(change(ProcessState.FATAL), OF_APP + "from_state:BACKOFF"),
        Arguments.of(change(ProcessState.UNKNOWN), OF_APP + "from_state:BACKOFF"),
        Arguments.of(
            output(Event.Channel.STDOUT, Bytes.utf8("line\n")),
            OF_APP + "pid:4711 channel:stdout\nline\n"),
        Arguments.of(
            output(Event.Channel.STDERR, Bytes.utf8("grüße 😀")),
            OF_APP + "pid:4711 channel:stderr\ngrüße 😀"),
        Arguments.of(
            output(Event.Channel.STDOUT, bytes(0xff, 0xfe, '\n')),
            OF_APP + "pid:4711 channel:stdout\nUndecodable: b'\\xff\\xfe\\n'"),
        Arguments.of(message(Bytes.utf8("secret")), OF_APP + "pid:4711\nsecret"),
        Arguments.of(
            message(bytes('\'', 0xc0, 0x80)), OF_APP + "pid:4711\nUndecodable: b\"'\\xc0\\x80\""),
        Arguments.of(
            new Event.ProcessCommunication(
                "app_00", "web", 4711, Event.Channel.STDERR, Bytes.utf8("over err")),
            OF_APP + "pid:4711\nover err"),
        Arguments.of(
            new Event.RemoteCommunication("my type", Bytes.utf8("däta")), "type:my type\ndäta"),
        Arguments.of(new Event.SupervisorStateChanged(true), ""),
        Arguments.of(new Event.SupervisorStateChanged(false), ""),
        Arguments.of(new Event.Tick(5, 1700000000L), "when:1700000000"),
        Arguments.of(new Event.Tick(60, 1699999980L), "when:1699999980"),
        Arguments.of(new Event.Tick(3600, 1699999200L), "when:1699999200"),
        Arguments.of(new Event.GroupAdded("web"), "groupname:web\n"),
        Arguments.of(new Event.GroupRemoved("web"), "groupname:web\n"));
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void thePayloadIsTheReferences(Event event, String payload) {
    assertThat(EventEnvelope.payload(event)).isEqualTo(payload);
  }

  @Test
  void everyTypeThatCanHappenHasAPayloadHere() {
    List<EventType> tested =
        payloads().map(each -> EventType.of((Event) each.get()[0])).distinct().toList();

    assertThat(tested)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(EventType.values()).filter(EventEnvelopeTest::isLeaf).toList());
  }

  @Test
  void theHeaderNamesServerSerialsPoolTypeAndLength() {
    EventEnvelope envelope =
        new EventEnvelope("super", 21, "mail", 10, new Event.Tick(60, 1699999980L));

    assertThat(envelope.toBytes().toString())
        .isEqualTo(
            "ver:3.0 server:super serial:21 pool:mail poolserial:10 eventname:TICK_60 len:15\n"
                + "when:1699999980");
  }

  @Test
  void theLengthCountsCharactersAsTheReferencesDoes() {
    Event event = new Event.RemoteCommunication("typ", Bytes.utf8("grüße 😀"));

    assertThat(new EventEnvelope("s", 0, "p", 0, event).toBytes().toString())
        .contains(" len:%d\n".formatted("type:typ\ngrüße ".length() + 1));
  }

  /**
   * The real childutils gets all payloads through one pipe: a wrong length garbles all after it.
   */
  @Test
  @Requires(REFERENCE)
  void childutilsReadsEveryPayloadToItsLastCharacter() throws Exception {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    StringBuilder expected = new StringBuilder();
    int serial = 0;
    for (Arguments each : payloads().toList()) {
      Event event = (Event) each.get()[0];
      sent.writeBytes(new EventEnvelope("s", serial++, "p", 0, event).toBytes().toByteArray());
      expected.append(
          "%s %s%n".formatted(EventType.of(event), Bytes.utf8((String) each.get()[1]).literal()));
    }

    String read =
        Python.feed(
            Bytes.copyOf(sent.toByteArray()),
            Python.script("read_envelopes.py"),
            Integer.toString(serial));

    assertThat(read).isEqualTo(expected.toString());
  }

  private static boolean isLeaf(EventType type) {
    return Stream.of(EventType.values()).filter(type::covers).count() == 1;
  }

  private static Event change(ProcessState to) {
    return new Event.ProcessStateChanged("app_00", "web", ProcessState.BACKOFF, to, 4711, 3, false);
  }

  private static Event output(Event.Channel channel, Bytes data) {
    return new Event.ProcessLog("app_00", "web", 4711, channel, data);
  }

  private static Event message(Bytes data) {
    return new Event.ProcessCommunication("app_00", "web", 4711, Event.Channel.STDOUT, data);
  }

  private static Bytes bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Bytes.copyOf(bytes);
  }
}

package ee.supervisor.listener;

import static ee.supervisor.testing.Requirement.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.event.Event;
import ee.supervisor.event.Python;
import ee.supervisor.event.SampleEvents;
import ee.supervisor.testing.Requires;
import ee.supervisor.text.Bytes;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

class EventEnvelopeTest {
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
    for (Arguments each : SampleEvents.payloads().toList()) {
      Event event = (Event) each.get()[0];
      sent.writeBytes(new EventEnvelope("s", serial++, "p", 0, event).toBytes().toByteArray());
      expected.append(
          "%s %s%n".formatted(event.eventType(), Bytes.utf8((String) each.get()[1]).literal()));
    }

    String read =
        Python.feed(
            Bytes.copyOf(sent.toByteArray()),
            Python.script("read_envelopes.py"),
            Integer.toString(serial));

    assertThat(read).isEqualTo(expected.toString());
  }
}

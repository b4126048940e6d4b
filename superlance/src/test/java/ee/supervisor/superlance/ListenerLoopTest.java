package ee.supervisor.superlance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerLoopTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Notice> heard = new ArrayList<>();

  @Test
  void eventsAreHeardAndAcknowledgedUntilStdinEnds() throws IOException {
    loop(event(
                "PROCESS_STATE_EXITED",
                "processname:a groupname:b from_state:RUNNING expected:0 pid:1")
            + event("TICK_60", "when:1700000000"))
        .run(heard::add);

    assertThat(heard).extracting(Notice::name).containsExactly("PROCESS_STATE_EXITED", "TICK_60");
    assertThat(heard.get(0).isCrash()).isTrue();
    assertThat(heard.get(0).namespec()).isEqualTo("b:a");
    assertThat(out.toString(UTF_8)).isEqualTo("READY\nRESULT 2\nOKREADY\nRESULT 2\nOKREADY\n");
  }

  @Test
  void theLengthCountsCodePoints() throws IOException {
    loop(event("REMOTE_COMMUNICATION", "type:x\ngrüße 😀") + event("TICK_5", "when:5"))
        .run(heard::add);

    assertThat(heard).extracting(Notice::name).containsExactly("REMOTE_COMMUNICATION", "TICK_5");
  }

  @Test
  void anEventThatCouldNotBeDealtWithIsNotAnswered() {
    assertThatThrownBy(
            () ->
                loop(event("TICK_5", "when:5"))
                    .run(
                        notice -> {
                          throw new IOException("cannot");
                        }))
        .hasMessage("cannot");
    assertThat(out.toString(UTF_8)).isEqualTo("READY\n");
  }

  @Test
  void anEndWithinAnEventIsAnError() {
    String event = event("TICK_5", "when:5");

    assertThatThrownBy(() -> loop(event.substring(0, event.length() - 1)).run(heard::add))
        .isInstanceOf(EOFException.class);
  }

  private ListenerLoop loop(String input) {
    return new ListenerLoop(new ByteArrayInputStream(input.getBytes(UTF_8)), out);
  }

  private static String event(String name, String payload) {
    return "ver:3.0 server:supervisor serial:0 pool:p poolserial:0 eventname:%s len:%d\n%s"
        .formatted(name, payload.codePointCount(0, payload.length()), payload);
  }
}

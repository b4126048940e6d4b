package ee.supervisor.listener;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.config.LogLevel;
import ee.supervisor.text.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerProtocolTest {
  private static final String VIOLATION =
      "WARN mail: has entered the UNKNOWN state and will no longer receive events, this usually"
          + " indicates the process violated the eventlistener protocol";

  private final RecordedLog log = new RecordedLog();
  private final RecordedJudge judge = new RecordedJudge();
  private final ListenerProtocol protocol = new ListenerProtocol("mail", judge, log);

  /** Accepts OK, fails on BUG, rejects all else. */
  private static final class RecordedJudge implements ListenerProtocol.Judge {
    final List<String> results = new ArrayList<>();
    int notProcessed;

    @Override
    public ListenerProtocol.Verdict judge(Bytes result) {
      results.add(result.toString());
      return switch (result.toString()) {
        case "OK" -> ListenerProtocol.Verdict.ACCEPTED;
        case "BUG" -> ListenerProtocol.Verdict.ERROR;
        default -> ListenerProtocol.Verdict.REJECTED;
      };
    }

    @Override
    public void notProcessed() {
      notProcessed++;
    }
  }

  @Test
  void itBeginsAcknowledged() {
    assertThat(protocol.state()).isEqualTo(ListenerState.ACKNOWLEDGED);
  }

  @Test
  void readyMakesItReady() {
    receive("READY\n");

    assertThat(protocol.state()).isEqualTo(ListenerState.READY);
    assertThat(log.lines).containsExactly("DEBG mail: ACKNOWLEDGED -> READY");
  }

  @Test
  void anAcceptedResultAcknowledges() {
    busy();
    receive("RESULT 2\nOK");

    assertThat(protocol.state()).isEqualTo(ListenerState.ACKNOWLEDGED);
    assertThat(judge.results).containsExactly("OK");
    assertThat(judge.notProcessed).isZero();
    assertThat(log.lines)
        .containsExactly("DEBG mail: event was processed", "DEBG mail: BUSY -> ACKNOWLEDGED");
  }

  @Test
  void aRejectedResultGivesTheEventBackAndAcknowledges() {
    busy();
    receive("RESULT 4\nFAIL");

    assertThat(protocol.state()).isEqualTo(ListenerState.ACKNOWLEDGED);
    assertThat(judge.notProcessed).isEqualTo(1);
    assertThat(log.lines)
        .containsExactly("WARN mail: event was rejected", "DEBG mail: BUSY -> ACKNOWLEDGED");
  }

  @Test
  void aFailureOfTheResultHandlerGivesTheEventBackAndIsTheEndOfTheListener() {
    busy();
    receive("RESULT 3\nBUG");

    assertThat(protocol.state()).isEqualTo(ListenerState.UNKNOWN);
    assertThat(judge.notProcessed).isEqualTo(1);
    assertThat(log.lines)
        .containsExactly(
            "WARN mail: event caused an error", "DEBG mail: BUSY -> UNKNOWN", VIOLATION);
  }

  @Test
  void anEmptyResultIsJudgedAtOnce() {
    busy();
    receive("RESULT 0\n");

    assertThat(judge.results).containsExactly("");
    assertThat(protocol.state()).isEqualTo(ListenerState.ACKNOWLEDGED);
  }

  @Test
  void aResultMayHoldNewlinesAndTokens() {
    busy();
    receive("RESULT 15\nREADY\nRESULT 2\nREADY\n");

    assertThat(judge.results).containsExactly("READY\nRESULT 2\n");
    assertThat(protocol.state()).isEqualTo(ListenerState.READY);
  }

  @Test
  void aConversationCutAtAnyByteEndsTheSame() {
    String output = "RESULT 2\nOKREADY\n";
    for (int cut = 0; cut <= output.length(); cut++) {
      RecordedJudge heard = new RecordedJudge();
      ListenerProtocol cutOpen = new ListenerProtocol("mail", heard, log);
      cutOpen.receive(Bytes.utf8("READY\n"));
      cutOpen.eventSent();
      cutOpen.receive(Bytes.utf8(output.substring(0, cut)));
      cutOpen.receive(Bytes.utf8(output.substring(cut)));

      assertThat(cutOpen.state()).as("cut at %d", cut).isEqualTo(ListenerState.READY);
      assertThat(heard.results).as("cut at %d", cut).containsExactly("OK");
    }
  }

  @Test
  void aConversationByteByByteEndsTheSame() {
    "READY\n".chars().forEach(each -> receive(Character.toString(each)));
    protocol.eventSent();
    "RESULT 2\nOKREADY\n".chars().forEach(each -> receive(Character.toString(each)));

    assertThat(protocol.state()).isEqualTo(ListenerState.READY);
    assertThat(judge.results).containsExactly("OK");
  }

  @Test
  void garbageInsteadOfReadyIsAViolationOnceAsLongAsReady() {
    receive("hello");
    assertThat(protocol.state()).isEqualTo(ListenerState.ACKNOWLEDGED);
    receive("!");

    assertThat(protocol.state()).isEqualTo(ListenerState.UNKNOWN);
    assertThat(log.lines).containsExactly("DEBG mail: ACKNOWLEDGED -> UNKNOWN", VIOLATION);
  }

  @Test
  void anythingSaidWhileReadyIsAViolation() {
    receive("READY\nR");

    assertThat(protocol.state()).isEqualTo(ListenerState.UNKNOWN);
  }

  @Test
  void unknownIsForever() {
    receive("garbage");
    receive("READY\n");

    assertThat(protocol.state()).isEqualTo(ListenerState.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RESULT x",
        "RESULT -1",
        "RESULT 99999999999",
        "RESULT 1048577",
        "RESULT ",
        "",
        "OK"
      })
  void aLieAboutTheLengthGivesTheEventBackAndIsTheEndOfTheListener(String line) {
    busy();
    receive(line + "\n");

    assertThat(protocol.state()).isEqualTo(ListenerState.UNKNOWN);
    assertThat(judge.notProcessed).isEqualTo(1);
    assertThat(log.lines)
        .containsExactly(
            "WARN mail: bad result line: '" + line + "'", "DEBG mail: BUSY -> UNKNOWN", VIOLATION);
  }

  @Test
  void aBadLineThatIsNoTextIsShownInEscapes() {
    busy();
    protocol.receive(Bytes.copyOf(new byte[] {(byte) 0xff, '\n'}));

    assertThat(log.lines).contains("WARN mail: bad result line: 'Undecodable: b'\\xff''");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RESULT 2", "RESULT  2 ", "RESULT +2\r", "RESULT 0000000000002", "result:2"})
  void aLengthIsReadAsGenerouslyAsTheReferenceDoes(String line) {
    busy();
    receive(line + "\nOK");

    assertThat(judge.results).containsExactly("OK");
  }

  @Test
  void aLineWithoutEndIsCutOffInsteadOfKept() {
    busy();
    receive("R".repeat(ListenerProtocol.MAX_RESULT_LINE_BYTES));
    assertThat(protocol.state()).isEqualTo(ListenerState.BUSY);
    receive("R");

    assertThat(protocol.state()).isEqualTo(ListenerState.UNKNOWN);
    assertThat(judge.notProcessed).isEqualTo(1);
    assertThat(log.atLeast(LogLevel.WARN).get(0))
        .isEqualTo(
            "WARN mail: bad result line: '"
                + "R".repeat(ListenerProtocol.MAX_RESULT_LINE_BYTES)
                + "'");
  }

  @Test
  void theLongestResultIsTakenWhole() {
    busy();
    receive("RESULT " + ListenerProtocol.MAX_RESULT_BYTES + "\n");
    receive("x".repeat(ListenerProtocol.MAX_RESULT_BYTES));

    assertThat(judge.results).singleElement().matches(result -> result.length() == 1024 * 1024);
  }

  @Test
  void anEventThatCouldNotBeWrittenLeavesItReady() {
    busy();
    protocol.eventReturned();

    assertThat(protocol.state()).isEqualTo(ListenerState.READY);
  }

  private void busy() {
    receive("READY\n");
    protocol.eventSent();
    log.lines.clear();
  }

  private void receive(String output) {
    protocol.receive(Bytes.utf8(output));
  }
}

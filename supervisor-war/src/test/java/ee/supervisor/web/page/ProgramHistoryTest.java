package ee.supervisor.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgramHistoryTest {
  private static final String AT = "2026-01-02 03:04:05,678 ";

  @Test
  void theNewestComesFirstAndTroubleIsMarked() {
    String log =
        AT
            + "INFO spawned: 'web' with pid 7\n"
            + AT
            + "WARN exited: web (exit status 3; not expected)\n";
    assertThat(ProgramHistory.entries(log, "web"))
        .containsExactly(
            new ProgramHistory.Entry(
                "2026-01-02 03:04:05", true, "exited: web (exit status 3; not expected)"),
            new ProgramHistory.Entry("2026-01-02 03:04:05", false, "spawned: 'web' with pid 7"));
  }

  @Test
  void othersWhoseNamesBeginAlikeAndLinesOfAnotherKindAreLeftOut() {
    String log =
        "ed: web (cut off at the front\n"
            + AT
            + "INFO spawned: 'web2' with pid 7\n"
            + AT
            + "INFO exited: web2 (exit status 0; expected)\n"
            + AT
            + "INFO reaped web \n";
    assertThat(ProgramHistory.entries(log, "web")).isEmpty();
  }

  @Test
  void noMoreThanTheLastAreShown() {
    String log = (AT + "INFO spawned: 'web' with pid 7\n").repeat(400);
    assertThat(ProgramHistory.entries(log, "web")).hasSize(50);
  }
}

package ee.supervisor.ctl;

import static ee.supervisor.testing.Requirement.PYTHON;
import static ee.supervisor.testing.Requirement.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requires({PYTHON, REFERENCE})
class ShellOnTerminalTest {
  private static final String PROMPT = "here> ";
  private static final String SECTIONS =
      """
      [supervisorctl]
      serverurl=unix://@DIR@/s.sock
      prompt=here
      history_file=@DIR@/history
      [program:echo]
      command=/bin/cat
      startsecs=0
      [program:ticker]
      command=/bin/sh -c 'while :; do echo tick; sleep 0.2; done'
      startsecs=0
      [program:stubborn]
      command=/bin/sh -c 'trap "" TERM; while :; do sleep 0.2; done'
      stopwaitsecs=3
      startsecs=0
      """;

  @TempDir Path directory;
  private ReferenceServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new ReferenceServer(directory, SECTIONS);
  }

  @AfterEach
  void stopServer() throws Exception {
    server.close();
  }

  private Screen shell(String... arguments) throws IOException {
    String[] all = new String[arguments.length + 2];
    all[0] = "-c";
    all[1] = server.conf();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return new Screen(Ctl.command(true, List.of("--enable-native-access=ALL-UNNAMED"), all));
  }

  @Test
  void itBeginsWithTheStatusAndEndsWithCtrlD() throws Exception {
    try (Screen screen = shell()) {
      screen.sees("echo");
      screen.sees("RUNNING");
      screen.sees(PROMPT);
      screen.type(Screen.CTRL_D);
      assertThat(screen.exitCode()).isZero();
    }
  }

  @Test
  void ctrlCAtThePromptLeaves() throws Exception {
    try (Screen screen = shell()) {
      screen.sees(PROMPT);
      screen.type(Screen.CTRL_C);
      assertThat(screen.exitCode()).isZero();
    }
  }

  @Test
  void tabCompletesActionsAndNamesOfProcesses() throws Exception {
    try (Screen screen = shell()) {
      screen.sees(PROMPT);
      screen.type("vers" + Screen.TAB);
      screen.sees("version ");
      screen.type("\r");
      screen.sees("4.2");
      screen.sees(PROMPT);
      screen.type("stop ec" + Screen.TAB);
      screen.sees("stop echo ");
      screen.type("\r");
      screen.sees("echo: stopped");
    }
  }

  @Test
  void tabPressedTwiceListsAndLeavesTheWordToBeTypedOn() throws Exception {
    try (Screen screen = shell()) {
      screen.sees(PROMPT);
      screen.type("sta" + Screen.TAB + Screen.TAB);
      screen.sees("status");
      screen.type("tu" + Screen.TAB + "echo\r");
      screen.sees("RUNNING");
      screen.sees(PROMPT);
    }
  }

  @Test
  void arrowUpBringsBackWhatWasTypedInThisRunAndTheOneBefore() throws Exception {
    try (Screen screen = shell()) {
      screen.sees(PROMPT);
      screen.type("pid echo\r");
      screen.sees(PROMPT);
      screen.type("exit\r");
      screen.exitCode();
    }
    assertThat(Files.readAllLines(directory.resolve("history")))
        .containsExactly("pid echo", "exit");
    try (Screen screen = shell()) {
      screen.sees(PROMPT);
      screen.type(Screen.UP + Screen.UP);
      screen.sees("pid echo");
    }
  }

  @Test
  void fgHandsLinesToTheProcessAndShowsItsAnswersUntilCtrlC() throws Exception {
    try (Screen screen = shell()) {
      screen.sees(PROMPT);
      screen.type("fg echo\r");
      screen.sees("==> Press Ctrl-C to exit <==");
      screen.type("are you there\r");
      screen.sees("are you there\n");
      screen.sees("are you there\n");
      screen.type(Screen.CTRL_C);
      screen.sees("Exiting foreground");
      screen.sees(PROMPT);
      screen.type("pid\r");
      screen.sees(PROMPT);
    }
  }

  @Test
  void ctrlCEndsTailAndTheShellGoesOn() throws Exception {
    try (Screen screen = shell()) {
      screen.sees(PROMPT);
      screen.type("tail -f ticker\r");
      screen.sees("tick");
      screen.type(Screen.CTRL_C);
      screen.sees(PROMPT);
      screen.type("version\r");
      screen.sees("4.2");
    }
  }

  @Test
  void topLeavesTheShellAllThatIsTypedAfterIt() throws Exception {
    try (Screen screen = shell()) {
      screen.sees(PROMPT);
      screen.type("top\r");
      screen.sees("RUNNING");
      screen.type("q");
      screen.sees(PROMPT);
      screen.type("version\r");
      screen.sees("4.2");
      screen.type("help\r");
      screen.sees("further commands (type help <topic>):");
      screen.sees("describe  events  graph  logs  roll  top  wait");
    }
  }

  @Test
  void aServerThatGoesAwayIsToldAndOneThatComesBackIsUsed() throws Exception {
    try (Screen screen = shell()) {
      screen.sees(PROMPT);
      server.stop();
      screen.type("status echo\r");
      screen.sees("s.sock no such file");
      screen.sees(PROMPT);
      server.start();
      screen.type("status echo\r");
      screen.sees("RUNNING");
    }
  }

  @Test
  void aStopThatTakesLongerThanASecondShowsThatItGoesOn() throws Exception {
    try (Screen screen = shell("stop", "stubborn")) {
      screen.sees("stubborn: stopping, 1 s");
      screen.sees("stubborn: stopped");
      assertThat(screen.exitCode()).isZero();
    }
  }

  @Test
  void statesHaveColoursOnATerminal() throws Exception {
    try (Screen screen = shell("status", "echo")) {
      assertThat(screen.exitCode()).isZero();
      screen.sees("uptime");
      assertThat(screen.raw()).contains("\u001b[32mRUNNING   \u001b[0m");
    }
  }

  @Test
  void shutdownIsAskedForFirst() throws Exception {
    try (Screen screen = shell()) {
      screen.sees(PROMPT);
      screen.type("shutdown\r");
      screen.sees("Really shut the remote supervisord process down y/N? ");
      screen.type("n\r");
      screen.sees(PROMPT);
      assertThat(Files.readAllLines(directory.resolve("history"))).containsExactly("shutdown");
      screen.type("pid\r");
      screen.sees(PROMPT);
    }
  }
}

package ee.supervisor.ctl;

import ee.supervisor.ctl.terminal.LeftByInterruptException;
import java.io.IOException;

/** Carries out what the operator types, line by line, until the end. */
final class Shell {
  private final Controller controller;
  private final CtlSession session;
  private final Completion completion;

  Shell(Controller controller, CtlSession session, Completion completion) {
    this.controller = controller;
    this.session = session;
    this.completion = completion;
  }

  /**
   * Runs the shell; it begins by showing how all processes are.
   *
   * @param prompt what to show before each line
   */
  void run(String prompt) {
    try {
      String line = "status";
      while (true) {
        controller.run(line);
        completion.forget();
        // a server that was restarted meanwhile closed our connection, so keep none
        session.disconnect();
        if (session.left()) {
          return;
        }
        line = session.readLine(prompt).orElse("EOF");
      }
    } catch (LeftByInterruptException e) {
      session.print("");
    } catch (IOException e) {
      session.print(ErrorText.of(e));
    }
  }
}

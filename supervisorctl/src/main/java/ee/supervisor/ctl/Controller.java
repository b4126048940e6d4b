package ee.supervisor.ctl;

import ee.supervisor.client.HttpStatusException;
import ee.supervisor.client.RpcFault;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.terminal.LeftByInterruptException;
import java.io.IOException;
import java.util.Optional;

/** Carries out one line after the other. */
final class Controller {
  private static final int UNAUTHORIZED = 401;

  private final ActionTable actions;
  private final CtlSession session;

  Controller(ActionTable actions, CtlSession session) {
    this.actions = actions;
    this.session = session;
  }

  /** Carries out a line: an action's name and what stands behind it. */
  void run(String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      return;
    }
    if (text.startsWith("?")) {
      text = "help " + text.substring(1);
    }
    int end = 0;
    while (end < text.length() && isNameCharacter(text.charAt(end))) {
      end++;
    }
    Optional<Action> action = actions.find(text.substring(0, end));
    if (action.isEmpty()) {
      session.print("*** Unknown syntax: " + text);
      session.exitStatus(ExitStatus.GENERIC);
      return;
    }
    run(action.get(), text.substring(end).strip());
  }

  private void run(Action action, String argument) {
    try {
      while (!authenticated(action, argument)) {
        session.authenticate();
      }
    } catch (IOException | RpcFault | RuntimeException e) {
      if (e instanceof LeftByInterruptException left) {
        throw left;
      }
      session.print(ErrorText.of(e));
      session.exitStatus(ExitStatus.GENERIC);
    }
  }

  /** Runs an action; whether it is done, or has to be tried again with another password. */
  private boolean authenticated(Action action, String argument) throws IOException, RpcFault {
    try {
      action.run(session, argument);
      return true;
    } catch (HttpStatusException e) {
      if (e.status() != UNAUTHORIZED) {
        throw e;
      }
      session.print("Server requires authentication");
      if (!session.interactive()) {
        throw e;
      }
      return false;
    }
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}

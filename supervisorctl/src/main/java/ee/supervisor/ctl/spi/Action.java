package ee.supervisor.ctl.spi;

import ee.supervisor.client.RpcFault;
import java.io.IOException;

/** Does what one word of the command line stands for. */
public interface Action {

  /**
   * The word that an operator types.
   *
   * @return letters, digits and underscores
   */
  String name();

  /**
   * What {@code help} says about the action.
   *
   * @return one or more lines, without the last line end; empty if the action isn't to be listed
   */
  String help();

  /**
   * What kind of word the arguments are.
   *
   * @return never null
   */
  default Completes completes() {
    return Completes.NOTHING;
  }

  /**
   * Does it. What cannot be reported in better words may be thrown: it is reported in one line and
   * makes the exit code {@link ExitStatus#GENERIC}.
   *
   * @param session the server, the operator and the exit code
   * @param argument the rest of the line, without white space at its ends
   * @throws IOException if the server or the operator's terminal fails
   * @throws RpcFault if the server refuses
   */
  void run(Session session, String argument) throws IOException, RpcFault;
}

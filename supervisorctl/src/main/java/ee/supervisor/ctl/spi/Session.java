package ee.supervisor.ctl.spi;

import ee.supervisor.client.RpcFault;
import ee.supervisor.client.Server;
import java.io.IOException;
import java.util.Optional;

/** What an action works with: the server, the operator, and the exit code. */
public interface Session {

  /**
   * The server that the operator works with.
   *
   * @return a client; made anew when the operator connects elsewhere, so ask again in each action
   * @throws IllegalArgumentException if its URL cannot be used
   */
  Server server();

  /**
   * Makes a further client of the same server, for use by another thread.
   *
   * @return a client of its own; disconnect it when it is no longer needed
   * @throws IllegalArgumentException if the server's URL cannot be used
   */
  Server anotherServer();

  /**
   * Where the server listens.
   *
   * @return the URL as it was configured or typed
   */
  String serverUrl();

  /**
   * Makes another server the one to work with.
   *
   * @param url where it listens
   */
  void connect(String url);

  /**
   * Asks the server for its version, and informs the operator if it doesn't respond as it should.
   *
   * @return whether it is up; if not, the exit code has been set
   * @throws IOException if what went wrong has no words of its own
   * @throws RpcFault if the server refuses
   */
  boolean serverIsUp() throws IOException, RpcFault;

  /**
   * Writes a line to standard output.
   *
   * @param line without its line end
   */
  void print(String line);

  /**
   * Writes a line about a mishap that doesn't concern the exit code to standard error.
   *
   * @param line without its line end
   */
  void complain(String line);

  /**
   * Writes bytes to standard output at once, as they are.
   *
   * @param bytes holds what is to be written
   * @param length how many of them, from the first
   */
  void write(byte[] bytes, int length);

  /**
   * Whether standard output is a terminal that takes colours and moving cursors.
   *
   * @return false in a pipe, a file and a dumb terminal
   */
  boolean onTerminal();

  /**
   * Whether what is written may have colours: as {@code --color} says, else {@link #onTerminal}.
   *
   * @return true if escape sequences for colours are wanted
   */
  boolean coloured();

  /**
   * Whether standard output is a terminal, of whatever kind, and whatever is said about colours.
   *
   * @return false in a pipe and a file
   */
  boolean onScreen();

  /**
   * Whether there is an operator to ask.
   *
   * @return true in the shell
   */
  boolean interactive();

  /**
   * Asks the operator.
   *
   * @param prompt what to show before the answer
   * @return a line without its end, or empty at the end of input
   * @throws IOException if standard input fails
   */
  Optional<String> readLine(String prompt) throws IOException;

  /**
   * Reads a line that the operator types for someone else: without prompt, editing and history.
   *
   * @return a line without its end, or empty at the end of input
   * @throws IOException if standard input fails
   */
  Optional<String> readRawLine() throws IOException;

  /**
   * The exit code as it stands.
   *
   * @return one of {@link ExitStatus}
   */
  int exitStatus();

  /**
   * Sets the exit code.
   *
   * @param status one of {@link ExitStatus}
   */
  void exitStatus(int status);

  /** Ends the shell after this action. */
  void leave();
}

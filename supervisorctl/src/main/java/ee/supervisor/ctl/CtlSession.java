package ee.supervisor.ctl;

import ee.supervisor.client.Credentials;
import ee.supervisor.client.RpcFault;
import ee.supervisor.client.Server;
import ee.supervisor.client.ServerUnreachableException;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.spi.NoAnswerException;
import ee.supervisor.ctl.spi.Session;
import ee.supervisor.ctl.terminal.Input;
import ee.supervisor.ctl.terminal.Output;
import ee.supervisor.ctl.terminal.Terminals;
import ee.supervisor.protocol.FaultCode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Keeps what actions work with between one and the next. Confined to the main thread, but for
 * output.
 */
final class CtlSession implements Session {
  private static final String API_VERSION = "3.0";

  private final Output out;
  private final PrintStream err;
  private final Input input;
  private final boolean interactive;
  private final boolean onTerminal;
  private final boolean coloured;

  private String serverUrl;
  private Credentials credentials;
  private Server server;
  private int exitStatus = ExitStatus.SUCCESS;
  private boolean left;

  /**
   * Begins.
   *
   * @param out what the operator sees
   * @param err what the operator sees beside it
   * @param input what the operator types
   * @param interactive whether there is an operator to ask
   * @param onTerminal whether output goes to a terminal that takes moving cursors
   * @param coloured whether output may have colours
   */
  CtlSession(
      Output out,
      PrintStream err,
      Input input,
      boolean interactive,
      boolean onTerminal,
      boolean coloured) {
    this.out = out;
    this.err = err;
    this.input = input;
    this.interactive = interactive;
    this.onTerminal = onTerminal;
    this.coloured = coloured;
  }

  /** Says where to connect, and as whom. */
  void use(String url, Credentials who) {
    disconnect();
    serverUrl = url;
    credentials = who;
  }

  /** Lets go of the connection, if there is one. */
  void disconnect() {
    if (server != null) {
      server.disconnect();
      server = null;
    }
  }

  @Override
  public Server server() {
    // what has been said so far shows before we wait for the server
    out.flush();
    if (server == null) {
      server = Connectors.connect(serverUrl, credentials);
    }
    return server;
  }

  @Override
  public Server anotherServer() {
    return Connectors.connect(serverUrl, credentials);
  }

  @Override
  public String serverUrl() {
    return serverUrl;
  }

  @Override
  public void connect(String url) {
    use(url, credentials);
  }

  /** Asks the operator for name and password. */
  void authenticate() throws IOException {
    String username = readLine("Username:").orElseThrow(CtlSession::endOfInput);
    String password = input.readPassword("Password:").orElseThrow(CtlSession::endOfInput);
    print("");
    use(serverUrl, new Credentials(Optional.of(username), Optional.of(password)));
  }

  private static NoAnswerException endOfInput() {
    return new NoAnswerException();
  }

  @Override
  public boolean serverIsUp() throws IOException, RpcFault {
    try {
      String version = String.valueOf(server().call("supervisor.getVersion"));
      if (version.equals(API_VERSION)) {
        return true;
      }
      print(
          "Sorry, this version of supervisorctl expects to talk to a server with API version "
              + API_VERSION
              + ", but the remote version is "
              + version
              + ".");
      exitStatus = ExitStatus.NOT_INSTALLED;
      return false;
    } catch (RpcFault fault) {
      if (fault.code() != FaultCode.UNKNOWN_METHOD) {
        throw fault;
      }
      print(
          "Sorry, supervisord responded but did not recognize the supervisor namespace commands"
              + " that supervisorctl uses to control it.  Please check that the"
              + " [rpcinterface:supervisor] section is enabled in the configuration file (see"
              + " sample.conf).");
      exitStatus = ExitStatus.UNIMPLEMENTED_FEATURE;
      return false;
    } catch (ServerUnreachableException e) {
      return tellUnreachable(e);
    }
  }

  private boolean tellUnreachable(ServerUnreachableException e) throws ServerUnreachableException {
    switch (e.reason()) {
      case REFUSED -> {
        print(serverUrl + " refused connection");
        exitStatus = ExitStatus.INSUFFICIENT_PRIVILEGES;
      }
      case NO_SUCH_FILE -> {
        print(serverUrl + " no such file");
        exitStatus = ExitStatus.NOT_RUNNING;
      }
      default -> throw e;
    }
    return false;
  }

  @Override
  public void print(String line) {
    out.print(line + "\n");
  }

  @Override
  public void complain(String line) {
    out.flush();
    err.print(line + "\n");
    err.flush();
  }

  @Override
  public void write(byte[] bytes, int length) {
    out.write(bytes, length);
  }

  @Override
  public boolean onTerminal() {
    return onTerminal;
  }

  @Override
  public boolean coloured() {
    return coloured;
  }

  @Override
  public boolean onScreen() {
    return Terminals.isScreen();
  }

  @Override
  public boolean interactive() {
    return interactive;
  }

  @Override
  public Optional<String> readLine(String prompt) throws IOException {
    out.flush();
    return input.readLine(prompt);
  }

  @Override
  public Optional<String> readRawLine() throws IOException {
    out.flush();
    return input.readRawLine();
  }

  @Override
  public int exitStatus() {
    return exitStatus;
  }

  @Override
  public void exitStatus(int status) {
    exitStatus = status;
  }

  @Override
  public void leave() {
    left = true;
  }

  /** Whether the operator has had enough. */
  boolean left() {
    return left;
  }
}

package ee.supervisor.superlance;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.ctl.rpc.Credentials;
import ee.supervisor.ctl.rpc.ServerUrl;
import ee.supervisor.ctl.rpc.XmlRpcServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The program behind {@code bin/httpok} and its siblings: an event listener of supervisord. */
public final class Superlance {
  private static final String SERVER_URL = "SUPERVISOR_SERVER_URL";
  private static final int OK = 0;
  private static final int FAILED = 1;

  /** What the original exits with when its command line is wrong. */
  private static final int USAGE = 255;

  private final Map<String, String> environment;
  private final InputStream in;
  private final OutputStream out;
  private final PrintStream err;

  Superlance(Map<String, String> environment, InputStream in, OutputStream out, PrintStream err) {
    this.environment = environment;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs one watcher, or several of a file, until supervisord ends us.
   *
   * @param arguments name of a watcher and its options, or {@code superlance} and a file of such
   */
  public static void main(String[] arguments) {
    Superlance superlance = new Superlance(System.getenv(), System.in, System.out, System.err);
    System.exit(superlance.run(List.of(arguments)));
  }

  /** Returns the exit status. */
  int run(List<String> words) {
    try {
      Optional<Watcher> watcher = watcher(words);
      if (watcher.isPresent()) {
        new ListenerLoop(in, out).run(watcher.get());
      }
      return OK;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return USAGE;
    } catch (IOException e) {
      err.println("%s: %s".formatted(words.get(0), e.getMessage()));
      return FAILED;
    }
  }

  private Optional<Watcher> watcher(List<String> words) throws IOException {
    if (words.size() == 2 && words.get(0).equals("superlance")) {
      WatcherContext context = context();
      return Optional.of(
          new SharedProcess(WatcherFile.read(Path.of(words.get(1)), context), err::println));
    }
    Optional<WatcherCommand> command =
        WatcherCommands.parse(words, new PrintWriter(out, true, UTF_8));
    if (command.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(command.get().watcher(context()));
  }

  private WatcherContext context() throws IOException {
    String url = environment.get(SERVER_URL);
    if (url == null) {
      throw new IOException(
          "must be run as a supervisor event listener (%s is not set)".formatted(SERVER_URL));
    }
    Credentials credentials =
        new Credentials(
            Optional.ofNullable(environment.get("SUPERVISOR_USERNAME")),
            Optional.ofNullable(environment.get("SUPERVISOR_PASSWORD")));
    XmlRpcServer server = new XmlRpcServer(ServerUrl.parse(url), credentials);
    return new WatcherContext(
        new RemoteProcesses(server),
        new Timestamps(Clock.system(ZoneId.systemDefault())),
        err::println);
  }
}

package ee.supervisor.ctl;

import ee.supervisor.ctl.config.ColourOption;
import ee.supervisor.ctl.config.Settings;
import ee.supervisor.ctl.config.SupervisorctlOptions;
import ee.supervisor.ctl.spi.Action;
import ee.supervisor.ctl.spi.ExitStatus;
import ee.supervisor.ctl.terminal.Input;
import ee.supervisor.ctl.terminal.Output;
import ee.supervisor.ctl.terminal.PlainInput;
import ee.supervisor.ctl.terminal.Terminals;
import ee.supervisor.getopt.UsageException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The program {@code supervisorctl}: runs one action, or a shell for many. */
public final class Supervisorctl {
  private static final int USAGE = 2;

  private final String program;
  private final Map<String, String> environment;
  private final InputStream in;
  private final Output out;
  private final PrintStream err;
  private int exitStatus;

  private Supervisorctl(
      String program,
      Map<String, String> environment,
      InputStream in,
      FileOutputStream out,
      PrintStream err) {
    this.program = program;
    this.environment = environment;
    this.in = in;
    this.out = new Output(out, this::endUnread, this::endLeft);
    this.err = err;
  }

  /**
   * Runs the program, then ends the JVM.
   *
   * @param args the command line
   */
  public static void main(String... args) {
    int status = onStandardStreams().run(args);
    System.exit(status);
  }

  /**
   * Runs the program and goes on after it.
   *
   * @param args the command line
   */
  public static void rehearse(String... args) {
    onStandardStreams().run(args);
  }

  /** What was asked for cannot be shown. System.exit also puts a terminal back in order. */
  private void endUnread(IOException why) {
    err.print("Error: cannot write to standard output: " + why.getMessage() + "\n");
    err.flush();
    System.exit(exitStatus == ExitStatus.SUCCESS ? ExitStatus.GENERIC : exitStatus);
  }

  /** That a reader has had enough is the usual end of {@code supervisorctl tail -f web | head}. */
  private void endLeft(IOException why) {
    if (!"Broken pipe".equals(why.getMessage())) {
      endUnread(why);
    }
    System.exit(exitStatus);
  }

  private static Supervisorctl onStandardStreams() {
    return new Supervisorctl(
        System.getProperty("ee.supervisor.program", "supervisorctl"),
        System.getenv(),
        System.in,
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8));
  }

  private int run(String... args) {
    try {
      ColourOption colour = ColourOption.of(args);
      SupervisorctlOptions options = SupervisorctlOptions.parse(colour.rest());
      if (options.help()) {
        out.print(Usage.text(program));
        out.flush();
        return ExitStatus.SUCCESS;
      }
      Settings settings = Settings.load(options, program, environment);
      Map<String, List<Action>> plugins =
          settings.plugins().isEmpty() ? Map.of() : PluginActions.load(settings.plugins());
      boolean onTerminal = Terminals.colourful(environment);
      run(options, settings, new ActionTable(plugins), onTerminal, colour.wanted(onTerminal));
      return exitStatus;
    } catch (UsageException e) {
      err.print("Error: " + e.getMessage() + "\nFor help, use " + program + " -h\n");
      err.flush();
      return USAGE;
    }
  }

  private void run(
      SupervisorctlOptions options,
      Settings settings,
      ActionTable actions,
      boolean onTerminal,
      boolean coloured) {
    boolean shell = options.action().isEmpty();
    Completion completion = new Completion(actions);
    Input input =
        shell && Terminals.editable()
            ? Terminals.edit(completion, settings.historyFile())
            : new PlainInput(in, out);
    CtlSession session =
        new CtlSession(out, err, input, shell || options.interactive(), onTerminal, coloured);
    session.use(settings.serverUrl(), settings.credentials());
    completion.use(session);
    Controller controller = new Controller(actions, session);
    if (shell) {
      new Shell(controller, session, completion).run(settings.prompt() + "> ");
    } else {
      controller.run(String.join(" ", options.action()));
      exitStatus = session.exitStatus();
    }
    session.disconnect();
    out.flush();
  }
}

package ee.supervisor.superlance;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Knows the watchers by name, and reads their command lines. */
final class WatcherCommands {
  private static final Map<String, Supplier<WatcherCommand>> BY_NAME =
      new TreeMap<>(
          Map.of(
              "httpok", HttpOkCommand::new,
              "memmon", MemMonCommand::new,
              "crashmail", CrashMailCommand::new,
              "crashmailbatch", CrashMailBatchCommand::new,
              "fatalmailbatch", FatalMailBatchCommand::new,
              "crashsms", CrashSmsCommand::new,
              "process_state_email_monitor", ProcessStateMailCommand::new));

  private WatcherCommands() {}

  /** All names, in order. */
  static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /** A new command line of the watcher of that name. */
  static WatcherCommand command(String name) {
    Supplier<WatcherCommand> maker = BY_NAME.get(name);
    if (maker == null) {
      throw new IllegalArgumentException(
          "no listener is called '%s'; there are %s"
              .formatted(name, String.join(", ", BY_NAME.keySet())));
    }
    return maker.get();
  }

  /**
   * Reads a command line.
   *
   * @param words name of the watcher, then its options
   * @param help where usage goes if it asks for that
   * @return empty if it asked for help
   * @throws IllegalArgumentException if there is no such watcher, or its options are wrong; the
   *     text is for the operator
   */
  static Optional<WatcherCommand> parse(List<String> words, PrintWriter help) {
    String name = words.isEmpty() ? "" : words.get(0);
    WatcherCommand command = command(name);
    CommandLine parser = new CommandLine(command);
    parser.setAbbreviatedOptionsAllowed(true);
    try {
      parser.parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      throw new IllegalArgumentException(
          "%s: %s%n%s".formatted(name, e.getMessage(), parser.getUsageMessage()), e);
    }
    if (parser.isUsageHelpRequested()) {
      parser.usage(help);
      return Optional.empty();
    }
    return Optional.of(command);
  }
}

package ee.supervisor.ctl.config;

import ee.supervisor.ctl.text.PythonText;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Holds what the operator typed behind {@code supervisorctl}.
 *
 * @param help whether only the usage is wanted
 * @param interactive whether a shell is wanted
 * @param configuration the configuration file
 * @param serverUrl where the server listens
 * @param username who we say we are
 * @param password what proves it
 * @param historyFile where the shell keeps what was typed
 * @param action the action and its arguments, perhaps none
 */
public record CommandLineOptions(
    boolean help,
    boolean interactive,
    Optional<String> configuration,
    Optional<String> serverUrl,
    Optional<String> username,
    Optional<String> password,
    Optional<String> historyFile,
    List<String> action) {

  /**
   * Reads a command line. Options end at the first word that is none.
   *
   * @param arguments as they came from the operating system
   * @return what they mean
   * @throws UsageException if they mean nothing, in the reference's words
   */
  public static CommandLineOptions parse(String... arguments) throws UsageException {
    CommandSpec spec = spec();
    CommandLine line =
        new CommandLine(spec)
            .setStopAtPositional(true)
            .setAbbreviatedOptionsAllowed(true)
            .setAllowOptionsAsOptionParameters(true)
            .setExpandAtFiles(false);
    try {
      ParseResult result = line.parseArgs(arguments);
      List<String> action = result.matchedPositionalValue(0, List.of());
      CommandLineOptions options =
          new CommandLineOptions(
              result.hasMatchedOption('h') || result.hasMatchedOption('?'),
              result.hasMatchedOption('i'),
              value(result, 'c'),
              value(result, 's'),
              value(result, 'u'),
              value(result, 'p'),
              value(result, 'r'),
              action);
      checkUrl(options.serverUrl, arguments);
      return options;
    } catch (ParameterException e) {
      throw new UsageException(inReferenceWords(e, spec, List.of(arguments)));
    }
  }

  /** Built by hand: looking for annotations costs a third of a start. */
  private static CommandSpec spec() {
    return CommandSpec.create()
        .name("supervisorctl")
        .addOption(flag("-h", "--help"))
        .addOption(flag("-?"))
        .addOption(flag("-i", "--interactive"))
        .addOption(text("-c", "--configuration"))
        .addOption(text("-s", "--serverurl"))
        .addOption(text("-u", "--username"))
        .addOption(text("-p", "--password"))
        .addOption(text("-r", "--history_file", "--history-file"))
        .addPositional(
            PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build());
  }

  private static OptionSpec flag(String... names) {
    return OptionSpec.builder(names).arity("0").type(boolean.class).build();
  }

  private static OptionSpec text(String... names) {
    return OptionSpec.builder(names).arity("1").type(String.class).build();
  }

  private static Optional<String> value(ParseResult result, char option) {
    return Optional.ofNullable(result.<String>matchedOptionValue(option, null));
  }

  private static void checkUrl(Optional<String> url, String... arguments) throws UsageException {
    if (url.isEmpty() || isUrl(url.get())) {
      return;
    }
    String option =
        List.of(arguments).stream().anyMatch(a -> a.startsWith("--s")) ? "--serverurl" : "-s";
    String text = PythonText.repr(url.get());
    throw new UsageException(
        "invalid value for " + option + " " + text + ": value " + text + " is not a URL");
  }

  /** Whether there is a scheme, and something behind it. */
  private static boolean isUrl(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0 || !Character.isLetter(text.charAt(0))) {
      return false;
    }
    String rest = text.substring(colon + 1);
    boolean scheme =
        text.chars()
            .limit(colon)
            .allMatch(c -> Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0);
    return scheme && !rest.isEmpty() && !rest.equals("//");
  }

  private static String inReferenceWords(
      ParameterException e, CommandSpec spec, List<String> arguments) {
    if (e instanceof MissingParameterException missing) {
      return "option " + typed(missing.getMissing().get(0), arguments) + " requires argument";
    }
    if (e instanceof OverwrittenOptionException overwritten) {
      String option = typed(overwritten.getOverwritten(), arguments);
      return "conflicting command line option " + PythonText.repr(option);
    }
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return notRecognized(unmatched.getUnmatched().get(0), spec);
    }
    return e.getMessage();
  }

  private static String notRecognized(String word, CommandSpec spec) {
    String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    if (word.startsWith("--")) {
      return spec.findOption(name) == null
          ? "option " + name + " not recognized"
          : "option " + name + " must not have an argument";
    }
    for (char c : word.substring(1).toCharArray()) {
      if (spec.findOption(c) == null) {
        return "option -" + c + " not recognized";
      }
    }
    return "option " + word + " not recognized";
  }

  /** The name of an option that the operator used. */
  private static String typed(ArgSpec option, List<String> arguments) {
    if (!(option instanceof OptionSpec named)) {
      return option.paramLabel();
    }
    for (String name : named.names()) {
      if (name.startsWith("--")
          && arguments.stream().anyMatch(a -> a.equals(name) || a.startsWith(name + "="))) {
        return name;
      }
    }
    return named.shortestName();
  }
}

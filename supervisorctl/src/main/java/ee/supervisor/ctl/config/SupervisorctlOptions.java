package ee.supervisor.ctl.config;

import ee.supervisor.getopt.Getopt;
import ee.supervisor.getopt.UsageException;
import ee.supervisor.text.PythonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what the operator typed behind {@code supervisorctl}.
 *
 * @param help whether only the usage is wanted
 * @param interactive whether there is an operator to ask
 * @param configuration the configuration file
 * @param serverUrl where the server listens
 * @param username who we say we are
 * @param password what proves it
 * @param historyFile where the shell keeps what was typed
 * @param action the action and its arguments, perhaps none
 */
public record SupervisorctlOptions(
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
  public static SupervisorctlOptions parse(String... arguments) throws UsageException {
    Getopt getopt =
        new Getopt(
                "h?c:is:u:p:r:",
                List.of(
                    "help",
                    "configuration=",
                    "interactive",
                    "serverurl=",
                    "username=",
                    "password=",
                    "history_file=",
                    "history-file="))
            .parse(arguments);
    Map<String, String> options = getopt.options();
    checkUrl("-s", options.get("-s"));
    checkUrl("--serverurl", options.get("--serverurl"));
    return new SupervisorctlOptions(
        options.containsKey("-?") || value(options, "-h", "--help").isPresent(),
        value(options, "-i", "--interactive").isPresent(),
        value(options, "-c", "--configuration"),
        value(options, "-s", "--serverurl"),
        value(options, "-u", "--username"),
        value(options, "-p", "--password"),
        value(options, "-r", "--history_file").or(() -> value(options, "-r", "--history-file")),
        getopt.rest());
  }

  private static Optional<String> value(Map<String, String> options, String letter, String name) {
    return Optional.ofNullable(options.getOrDefault(letter, options.get(name)));
  }

  private static void checkUrl(String option, String url) throws UsageException {
    if (url != null && !isUrl(url)) {
      String text = PythonText.repr(url);
      throw new UsageException(
          "invalid value for " + option + " " + text + ": value " + text + " is not a URL");
    }
  }

  /** Whether there is a scheme, and something behind it. */
  private static boolean isUrl(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0 || !Character.isLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 0; i < colon; i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c) && "+-.".indexOf(c) < 0) {
        return false;
      }
    }
    String rest = text.substring(colon + 1);
    return !rest.isEmpty() && !rest.equals("//");
  }
}

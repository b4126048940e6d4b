package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.nio.file.FileSystems;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * Files on whose change a process is restarted, as Go's supervisord has it.
 *
 * @param binary whether the file of its command is one of them
 * @param onBinary what is done when that has changed
 * @param directory where the others are, at any depth; as the file has it
 * @param pattern what their names are like ({@code *.jar})
 * @param onFile what is done when one of those has changed
 */
public record FileWatch(
    boolean binary,
    Reaction onBinary,
    Optional<String> directory,
    String pattern,
    Reaction onFile) {
  /** No file at all. */
  public static final FileWatch NONE =
      new FileWatch(false, Reaction.RESTART, Optional.empty(), "*", Reaction.RESTART);

  /**
   * What is done.
   *
   * @param command is run, if there is one
   * @param signals are sent, if there is no command; if there are none either, it is restarted
   */
  public record Reaction(Optional<String> command, List<Integer> signals) {
    static final Reaction RESTART = new Reaction(Optional.empty(), List.of());

    public Reaction {
      signals = List.copyOf(signals);
    }
  }

  static FileWatch of(OptionValues values) throws ConfigException {
    String pattern = values.get(Options.RESTART_FILE_PATTERN);
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw new ConfigException(
          "restart_file_pattern=%s is no pattern of names, such as *.jar: %s"
              .formatted(repr(pattern), e.getDescription()));
    }
    return new FileWatch(
        values.get(Options.RESTART_WHEN_BINARY_CHANGED),
        new Reaction(
            values.find(Options.RESTART_CMD_WHEN_BINARY_CHANGED),
            values.find(Options.RESTART_SIGNAL_WHEN_BINARY_CHANGED).orElse(List.of())),
        values.find(Options.RESTART_DIRECTORY_MONITOR),
        pattern,
        new Reaction(
            values.find(Options.RESTART_CMD_WHEN_FILE_CHANGED),
            values.find(Options.RESTART_SIGNAL_WHEN_FILE_CHANGED).orElse(List.of())));
  }

  /** Whether there is anything to look at. */
  public boolean isEmpty() {
    return !binary && directory.isEmpty();
  }
}

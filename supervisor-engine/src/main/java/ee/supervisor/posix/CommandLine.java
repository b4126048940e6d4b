package ee.supervisor.posix;

import ee.supervisor.posix.UnusableCommandException.Kind;
import ee.supervisor.text.PythonText;
import ee.supervisor.text.ShellWords;
import java.util.List;
import java.util.Optional;

/**
 * A {@code command=} that was split into words and whose program was found.
 *
 * @param file the program's path, absolute or relative to where the child runs
 * @param argv the words, the program's name as it was written first
 */
public record CommandLine(String file, List<String> argv) {
  private static final List<String> DEFAULT_PATH = List.of("/bin", "/usr/bin", "/usr/local/bin");
  private static final int ANY_EXECUTE_BIT = 0111;

  public CommandLine {
    argv = List.copyOf(argv);
  }

  /**
   * Splits a command and looks its program up, on the path alone unless it has a slash. As in
   * Supervisor the first file of that name on the path counts, whether it can be executed or not.
   *
   * <p>Looks at files, which may take as long as their file system likes.
   *
   * @param command the value of {@code command=}, expanded
   * @param path the PATH that the program's environment sets; empty for supervisord's own
   */
  public static CommandLine resolve(String command, Optional<String> path)
      throws UnusableCommandException {
    return resolve(split(command), path);
  }

  /**
   * As {@link #resolve(String, Optional)}, for a command that was split before.
   *
   * @param argv of {@link #split}
   */
  public static CommandLine resolve(List<String> argv, Optional<String> path)
      throws UnusableCommandException {
    String program = argv.get(0);
    if (program.indexOf('/') >= 0) {
      checkExecutable(program, Kernel.status(program));
      return new CommandLine(program, argv);
    }
    for (String directory : directories(path)) {
      boolean joined = directory.isEmpty() || directory.endsWith("/");
      String candidate = joined ? directory + program : directory + "/" + program;
      Optional<FileStatus> status = Kernel.status(candidate);
      if (status.isPresent()) {
        checkExecutable(candidate, status);
        return new CommandLine(candidate, argv);
      }
    }
    // Not found in supervisord's own directory either, though a file of that name may be there.
    throw notFound(program);
  }

  /** The words of a command, of which there is one at least. */
  public static List<String> split(String command) throws UnusableCommandException {
    List<String> words;
    try {
      words = ShellWords.split(command);
    } catch (IllegalArgumentException e) {
      throw new UnusableCommandException(
          Kind.BAD_COMMAND,
          "can't parse command " + PythonText.repr(command) + ": " + e.getMessage());
    }
    if (words.isEmpty()) {
      throw new UnusableCommandException(Kind.BAD_COMMAND, "command is empty");
    }
    return words;
  }

  private static List<String> directories(Optional<String> path) {
    if (path.isPresent()) {
      return List.of(path.get().split(":", -1));
    }
    String own = Environment.ofThisProcess().get("PATH");
    return own == null || own.isEmpty() ? DEFAULT_PATH : List.of(own.split(":", -1));
  }

  private static void checkExecutable(String file, Optional<FileStatus> found)
      throws UnusableCommandException {
    FileStatus status = found.orElseThrow(() -> notFound(file));
    if (status.isDirectory()) {
      throw unusable(Kind.NOT_EXECUTABLE, "command at ", file, " is a directory");
    }
    if ((status.mode() & ANY_EXECUTE_BIT) == 0) {
      throw unusable(Kind.NOT_EXECUTABLE, "command at ", file, " is not executable");
    }
    if (!Kernel.mayExecute(file)) {
      throw unusable(Kind.NO_PERMISSION, "no permission to run command ", file, "");
    }
  }

  private static UnusableCommandException notFound(String file) {
    return unusable(Kind.NOT_FOUND, "can't find command ", file, "");
  }

  private static UnusableCommandException unusable(
      Kind kind, String before, String file, String after) {
    return new UnusableCommandException(kind, before + PythonText.repr(file) + after);
  }
}

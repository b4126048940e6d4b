package ee.supervisor.posix;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A child to be started.
 *
 * @param file the program to execute, as {@link CommandLine} found it
 * @param argv its arguments, its own name first
 * @param environment all its variables; nothing is inherited
 * @param directory where it runs, if not where supervisord was started
 * @param umask its umask 0 to 0777, or -1 for supervisord's
 * @param uid whom it runs as, if not as supervisord
 * @param redirectStderr whether its stderr goes where its stdout goes
 * @param stdin what it reads from, in place of a pipe from us; stays open here
 * @param pidVariable the variable that its own process id is in, which is known too late for {@code
 *     environment}; empty for none
 */
public record SpawnRequest(
    String file,
    List<String> argv,
    Map<String, String> environment,
    Optional<Path> directory,
    int umask,
    OptionalInt uid,
    boolean redirectStderr,
    Optional<Fd> stdin,
    Optional<String> pidVariable) {
  /** The umask that leaves supervisord's as it is. */
  public static final int INHERIT_UMASK = -1;

  /** One that needs not know its process id. */
  public SpawnRequest(
      String file,
      List<String> argv,
      Map<String, String> environment,
      Optional<Path> directory,
      int umask,
      OptionalInt uid,
      boolean redirectStderr,
      Optional<Fd> stdin) {
    this(file, argv, environment, directory, umask, uid, redirectStderr, stdin, Optional.empty());
  }

  public SpawnRequest {
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("argv is empty");
    }
    argv = List.copyOf(argv);
    environment = environment instanceof ChildEnvironment ? environment : Map.copyOf(environment);
  }
}

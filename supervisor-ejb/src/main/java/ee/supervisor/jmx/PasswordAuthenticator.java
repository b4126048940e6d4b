package ee.supervisor.jmx;

import ee.supervisor.config.ConfigException;
import ee.supervisor.config.JmxConfig;
import ee.supervisor.config.Password;
import ee.supervisor.config.Role;
import ee.supervisor.config.User;
import ee.supervisor.config.Users;
import ee.supervisor.output.ActivityLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.remote.JMXAuthenticator;
import javax.security.auth.Subject;

/**
 * Lets in who knows the password of a user: of the {@code [jmx]} section, of a {@code [user:x]}
 * section, or of the password file, which is read anew at each login.
 */
final class PasswordAuthenticator implements JMXAuthenticator {
  private static final long PENALTY_SECONDS = 1;
  private static final int WORDS_A_LINE = 3;
  private static final Set<PosixFilePermission> NOBODY_ELSES =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final JmxConfig config;
  private final ActivityLog log;

  PasswordAuthenticator(JmxConfig config, ActivityLog log) {
    this.config = config;
    this.log = log;
  }

  @Override
  public Subject authenticate(Object credentials) {
    if (!(credentials instanceof String[] words) || words.length != 2) {
      throw new SecurityException("a user name and a password are needed");
    }
    Optional<User> found = users().authenticate(String.valueOf(words[0]), String.valueOf(words[1]));
    if (found.isEmpty()) {
      penalize();
      throw new SecurityException("wrong user name or password");
    }
    return new RolePrincipal(found.get().name(), found.get().role()).subject();
  }

  /** Guessing must take time; others who log in meanwhile are not held up. */
  private static void penalize() {
    try {
      TimeUnit.SECONDS.sleep(PENALTY_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Users users() {
    List<User> users = new ArrayList<>(config.users().all());
    config.user().ifPresent(users::add);
    if (config.passwordFile().isPresent()) {
      Path file = Path.of(config.passwordFile().get());
      try {
        users.addAll(read(file));
      } catch (IOException | ConfigException e) {
        log.error("jmx: password_file %s is not used: %s".formatted(file, e.getMessage()));
      }
    }
    return new Users(users);
  }

  /**
   * The users in a file: one a line, {@code name role password}; empty lines and those that begin
   * with {@code #} are skipped.
   *
   * @throws ConfigException when a line is wrong, or others may read or write the file
   */
  static List<User> read(Path file) throws IOException, ConfigException {
    if (Files.getPosixFilePermissions(file).stream().anyMatch(NOBODY_ELSES::contains)) {
      throw new ConfigException("others may read or write it; chmod it to 600");
    }
    List<User> users = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.strip().split("\\s+", WORDS_A_LINE);
      if (words.length < WORDS_A_LINE) {
        throw new ConfigException("line %d is not 'name role password'".formatted(number));
      }
      users.add(new User(words[0], new Password(words[2]), Role.named(words[1])));
    }
    return users;
  }
}

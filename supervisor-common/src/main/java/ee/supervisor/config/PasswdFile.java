package ee.supervisor.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Knows the home directories of the accounts in /etc/passwd, and no more: to ask the system for all
 * its accounts takes a native library, which supervisorctl does without.
 */
enum PasswdFile implements UserLookup {
  INSTANCE;

  private static final Path FILE = Path.of("/etc/passwd");
  private static final int HOME_FIELD = 5;

  @Override
  public Optional<UserId> user(String name) {
    return Optional.empty();
  }

  @Override
  public OptionalInt group(String name) {
    return OptionalInt.empty();
  }

  @Override
  public Optional<String> home(String name) throws ConfigException {
    try {
      for (String line : Files.readAllLines(FILE, StandardCharsets.ISO_8859_1)) {
        String[] fields = line.split(":", -1);
        if (fields[0].equals(name) && fields.length > HOME_FIELD) {
          return Optional.of(fields[HOME_FIELD]);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new ConfigException("Cannot look up user %s: %s".formatted(name, e.getMessage()), e);
    }
  }
}

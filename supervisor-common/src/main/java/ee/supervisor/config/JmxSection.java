package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.util.Optional;

/** Reads the {@code [jmx]} section, which Supervisor does not have: without it nothing listens. */
final class JmxSection {
  private static final String NAME = "jmx";

  private final Section section;
  private final PosixPaths paths;

  private JmxSection(Section section, PosixPaths paths) {
    this.section = section;
    this.paths = paths;
  }

  /**
   * Empty if the file has no such section.
   *
   * @param users the {@code [user:x]} sections
   */
  static Optional<JmxConfig> read(Reading reading, Users users) throws ConfigException {
    if (!reading.document().has(NAME)) {
      return Optional.empty();
    }
    JmxSection jmx = new JmxSection(reading.sectionWithHere(NAME), reading.paths());
    try {
      return Optional.of(jmx.read(users));
    } catch (ConfigException e) {
      throw jmx.section.locate(e);
    }
  }

  private JmxConfig read(Users users) throws ConfigException {
    Optional<User> user = user();
    Optional<String> passwordFile = file("password_file");
    if (user.isEmpty() && users.isEmpty() && passwordFile.isEmpty()) {
      throw new ConfigException("no users: set username and password, or password_file");
    }
    return new JmxConfig(
        section.text("host", "127.0.0.1"), port(), user, users, passwordFile, keystore());
  }

  private int port() throws ConfigException {
    String text =
        section
            .text("port")
            .orElseThrow(
                () -> new ConfigException("no port: set port to a number from 1 to 65535"));
    try {
      return Conversions.port(text);
    } catch (ConfigException e) {
      throw new ConfigException(
          "port=%s is not a port number: %s".formatted(repr(text), e.getMessage()), e);
    }
  }

  private Optional<User> user() throws ConfigException {
    Optional<String> username = section.text("username");
    Optional<String> password = section.text("password");
    if (username.isPresent() != password.isPresent()) {
      throw new ConfigException("username and password must be set both or neither");
    }
    Role role = section.value("role", Role.ADMIN, Role::named);
    return username.map(name -> new User(name, new Password(password.orElseThrow()), role));
  }

  private Optional<JmxConfig.Keystore> keystore() throws ConfigException {
    Optional<String> file = file("keystore");
    Optional<String> password = section.text("keystore_password");
    if (file.isPresent() != password.isPresent()) {
      throw new ConfigException("keystore and keystore_password must be set both or neither");
    }
    return file.map(f -> new JmxConfig.Keystore(f, password.orElseThrow()));
  }

  private Optional<String> file(String key) throws ConfigException {
    return section.value(key, paths::normalize);
  }
}

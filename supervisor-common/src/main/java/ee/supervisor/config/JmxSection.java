package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.util.Optional;

/** Reads the {@code [jmx]} section, which Supervisor does not have: without it nothing listens. */
final class JmxSection {
  private static final String NAME = "jmx";

  private final Section section;

  private JmxSection(Section section) {
    this.section = section;
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
    JmxSection jmx = new JmxSection(reading.sectionWithHere(NAME));
    try {
      return Optional.of(jmx.read(users));
    } catch (ConfigException e) {
      throw jmx.section.locate(e);
    }
  }

  private JmxConfig read(Users users) throws ConfigException {
    Optional<User> user = user();
    Optional<String> passwordFile = section.given(Options.JMX_PASSWORD_FILE);
    if (user.isEmpty() && users.isEmpty() && passwordFile.isEmpty()) {
      throw new ConfigException("no users: set username and password, or password_file");
    }
    return new JmxConfig(
        section.get(Options.JMX_HOST), port(), user, users, passwordFile, keystore());
  }

  private int port() throws ConfigException {
    String text =
        section
            .text(Options.JMX_PORT)
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
    Optional<String> username = section.text(Options.JMX_USERNAME);
    Optional<String> password = section.text(Options.JMX_PASSWORD);
    if (username.isPresent() != password.isPresent()) {
      throw new ConfigException("username and password must be set both or neither");
    }
    Role role = section.get(Options.JMX_ROLE);
    return username.map(name -> new User(name, new Password(password.orElseThrow()), role));
  }

  private Optional<JmxConfig.Keystore> keystore() throws ConfigException {
    Optional<String> file = section.given(Options.JMX_KEYSTORE);
    Optional<String> password = section.text(Options.JMX_KEYSTORE_PASSWORD);
    if (file.isPresent() != password.isPresent()) {
      throw new ConfigException("keystore and keystore_password must be set both or neither");
    }
    return file.map(f -> new JmxConfig.Keystore(f, password.orElseThrow()));
  }
}

package ee.supervisor.config;

import static ee.supervisor.text.PythonText.repr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the {@code [user:x]} sections, which Supervisor does not have and leaves alone. */
final class UserSections {
  private static final String PREFIX = "user:";
  private static final Pattern DIGEST =
      Pattern.compile("\\{SHA\\}[0-9a-f]{40}|\\{SHA256\\}[0-9a-f]{64}");

  private final Section section;

  private UserSections(Section section) {
    this.section = section;
  }

  /**
   * In file order.
   *
   * @param servers whose own users must not be among them
   */
  static Users read(Reading reading, List<HttpServerConfig> servers) throws ConfigException {
    List<User> users = new ArrayList<>();
    for (String name : reading.sectionsOf(PREFIX)) {
      UserSections user = new UserSections(reading.section(name));
      try {
        users.add(user.read(servers));
      } catch (ConfigException e) {
        throw user.section.locate(e);
      }
    }
    return new Users(users);
  }

  private User read(List<HttpServerConfig> servers) throws ConfigException {
    String name = name(servers);
    Password password = password();
    Optional<Role> role = section.given(Options.USER_ROLE);
    return new User(
        name,
        password,
        role.orElseThrow(
            () -> new ConfigException("no role: set role to admin, operator or viewer")));
  }

  private String name(List<HttpServerConfig> servers) throws ConfigException {
    String name = section.label().orElse("");
    if (name.isBlank() || name.contains(":")) {
      // HTTP sends name and password with a colon between them
      throw new ConfigException(
          "%s is not a user name: it needs a letter and no colon".formatted(repr(name)));
    }
    for (HttpServerConfig server : servers) {
      if (server.username().filter(name::equals).isPresent()) {
        throw new ConfigException(
            "%s is the username of section [%s] too, who is an admin: name one of them differently"
                .formatted(repr(name), server.section()));
      }
    }
    return name;
  }

  /** Without the value in any message: it may be all but right. */
  private Password password() throws ConfigException {
    String text = section.text(Options.USER_PASSWORD).orElse("");
    if (text.isEmpty()) {
      throw new ConfigException(
          "no password: set password to {SHA256} and the SHA-256 of the password in hexadecimal");
    }
    boolean digest = text.startsWith("{SHA}") || text.startsWith("{SHA256}");
    if (digest && !DIGEST.matcher(text).matches()) {
      throw new ConfigException(
          "password=%s... is not a digest: {SHA} needs 40 and {SHA256} needs 64 of 0-9 and a-f"
              .formatted(text.substring(0, text.indexOf('}') + 1)));
    }
    return new Password(text);
  }
}

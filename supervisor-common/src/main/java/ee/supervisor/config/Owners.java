package ee.supervisor.config;

import java.util.OptionalInt;

/** Finds the users and groups that the file names. */
final class Owners {
  private final UserLookup users;

  Owners(UserLookup users) {
    this.users = users;
  }

  /** The user of that name or number. */
  UserId user(String text) throws ConfigException {
    return users
        .user(text)
        .orElseThrow(
            () -> new ConfigException("Invalid user %s %s".formatted(nameOrId(text), text)));
  }

  /** The owner that {@code user} or {@code user:group} names. */
  SocketOwner owner(String text) throws ConfigException {
    int colon = text.indexOf(':');
    try {
      UserId user = user(colon < 0 ? text : text.substring(0, colon));
      String group = colon < 0 ? "" : text.substring(colon + 1);
      return new SocketOwner(user.name(), user.uid(), group, colon < 0 ? -1 : gid(group));
    } catch (ConfigException e) {
      throw new ConfigException("Invalid user:group definition " + text, e);
    }
  }

  private int gid(String text) throws ConfigException {
    OptionalInt gid = users.group(text);
    if (gid.isEmpty()) {
      throw new ConfigException("Invalid group %s %s".formatted(nameOrId(text), text));
    }
    return gid.getAsInt();
  }

  private static String nameOrId(String text) {
    return !text.isEmpty() && text.chars().allMatch(Character::isDigit) ? "id" : "name";
  }
}

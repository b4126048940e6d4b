package ee.supervisor.config;

import java.util.Optional;
import java.util.OptionalInt;

/** Knows the users and groups of a system, by name and by number. */
public interface UserLookup {

  /** The user of that name, empty if there is none. */
  Optional<UserId> user(String name);

  /** The user of that number, empty if there is none; its name is the number as given. */
  Optional<UserId> user(int uid);

  /** The numeric id of a group, empty if there is none of that name. */
  OptionalInt group(String name);

  /** The same number if there is such a group, empty otherwise. */
  OptionalInt group(int gid);

  /** The home directory of the user of that name, empty if there is no such user. */
  Optional<String> home(String name);

  /** A lookup that takes every name and number for a user or group whose id is not known (-1). */
  static UserLookup unchecked() {
    return UncheckedUsers.INSTANCE;
  }
}

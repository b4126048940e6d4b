package ee.supervisor.config;

import java.util.Optional;
import java.util.OptionalInt;

/** Knows the users and groups of a system. A name may be a number in digits. */
public interface UserLookup {

  /**
   * A user with the name as given; empty if there is no such user.
   *
   * @throws ConfigException when the system cannot tell
   */
  Optional<UserId> user(String name) throws ConfigException;

  /**
   * The numeric id of a group, -1 where it is not looked up; empty if there is no such group.
   *
   * @throws ConfigException when the system cannot tell
   */
  OptionalInt group(String name) throws ConfigException;

  /**
   * The home directory of a user; empty if there is no such user.
   *
   * @throws ConfigException when the system cannot tell
   */
  Optional<String> home(String name) throws ConfigException;

  /**
   * A lookup that takes every name for a user or group, whose id is not known (-1).
   *
   * @param homes where home directories are looked up all the same
   */
  static UserLookup unchecked(UserLookup homes) {
    return new UncheckedUsers(homes);
  }
}

package ee.supervisor.config;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The two users and two groups of a machine that only tests know. */
enum KnownUsers implements UserLookup {
  INSTANCE;

  private static final Map<String, UserId> USERS =
      Map.of(
          "root", new UserId("root", 0, 0),
          "0", new UserId("0", 0, 0),
          "app", new UserId("app", 1000, 1001),
          "1000", new UserId("1000", 1000, 1001));
  private static final Map<String, Integer> GROUPS = Map.of("root", 0, "0", 0, "web", 33, "33", 33);

  @Override
  public Optional<UserId> user(String name) {
    return Optional.ofNullable(USERS.get(name));
  }

  @Override
  public OptionalInt group(String name) {
    Integer gid = GROUPS.get(name);
    return gid == null ? OptionalInt.empty() : OptionalInt.of(gid);
  }

  @Override
  public Optional<String> home(String name) {
    return user(name).map(user -> user.uid() == 0 ? "/root" : "/home/app");
  }
}

package ee.supervisor.output;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notifies followers that a log they follow has changed; whoever writes a log calls {@link
 * #changed}.
 *
 * <p>One for the whole JVM, as paths are. Safe for all threads; {@code changed} costs a look-up in
 * an empty map while nobody follows.
 */
final class FollowedLogs {
  private static final Map<Path, Set<LogFollower>> FOLLOWERS = new ConcurrentHashMap<>();

  private FollowedLogs() {}

  static void add(Path path, LogFollower follower) {
    FOLLOWERS.compute(
        key(path),
        (file, followers) -> {
          Set<LogFollower> all = followers == null ? ConcurrentHashMap.newKeySet() : followers;
          all.add(follower);
          return all;
        });
  }

  static void remove(Path path, LogFollower follower) {
    FOLLOWERS.computeIfPresent(
        key(path),
        (file, followers) -> {
          followers.remove(follower);
          return followers.isEmpty() ? null : followers;
        });
  }

  /** The log at {@code path} was written, rotated, cleared or opened anew. */
  static void changed(Path path) {
    if (FOLLOWERS.isEmpty()) {
      return;
    }
    Set<LogFollower> followers = FOLLOWERS.get(key(path));
    if (followers != null) {
      followers.forEach(LogFollower::wake);
    }
  }

  /** The same file may be named with and without its directory. */
  private static Path key(Path path) {
    return path.toAbsolutePath().normalize();
  }
}

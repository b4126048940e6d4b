package ee.supervisor.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths as texts, by the rules of POSIX: {@code ~}, relative to where, and {@code ..}. */
final class PosixPaths {
  private final Host host;

  PosixPaths(Host host) {
    this.host = host;
  }

  /** Puts a home directory for {@code ~} or {@code ~user}; a user that is not known stays. */
  String expandUser(String path) throws ConfigException {
    if (!path.startsWith("~")) {
      return path;
    }
    int slash = path.indexOf('/');
    int end = slash < 0 ? path.length() : slash;
    Optional<String> home = end == 1 ? ownHome() : host.users().home(path.substring(1, end));
    if (home.isEmpty()) {
      return path;
    }
    String expanded = home.get();
    while (expanded.endsWith("/")) {
      expanded = expanded.substring(0, expanded.length() - 1);
    }
    expanded += path.substring(end);
    return expanded.isEmpty() ? "/" : expanded;
  }

  private Optional<String> ownHome() throws ConfigException {
    String home = host.environment().get("HOME");
    return home != null ? Optional.of(home) : host.users().home(Integer.toString(host.uid()));
  }

  /** The absolute path, without {@code ~}, {@code .}, {@code ..} and doubled slashes. */
  String normalize(String path) throws ConfigException {
    return absolute(expandUser(path));
  }

  /** The absolute path, without {@code .}, {@code ..} and doubled slashes. */
  String absolute(String path) {
    String full = join(host.currentDirectory().toString(), path);
    Deque<String> names = new ArrayDeque<>();
    for (String name : full.split("/", -1)) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    // two leading slashes, and only two, are kept: POSIX leaves their meaning to the system
    String root = full.startsWith("//") && !full.startsWith("///") ? "//" : "/";
    return root + String.join("/", names);
  }

  /** {@code path} as seen from {@code directory}. */
  static String join(String directory, String path) {
    if (path.startsWith("/") || directory.isEmpty()) {
      return path;
    }
    return directory.endsWith("/") ? directory + path : directory + "/" + path;
  }

  /** What stands before the last slash; empty if there is none. */
  static String directoryOf(String path) {
    int slash = path.lastIndexOf('/') + 1;
    int end = slash;
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return end == 0 ? path.substring(0, slash) : path.substring(0, end);
  }

  /** A path to a file; its directory must be there. */
  String file(String path) throws ConfigException {
    String expanded = expandUser(path);
    String directory = directoryOf(expanded);
    if (directory.isEmpty() || host.isDirectory().test(directory)) {
      return expanded;
    }
    throw new ConfigException(
        "The directory named as part of the path %s does not exist".formatted(path));
  }

  /** A directory that must be there. */
  String directory(String path) throws ConfigException {
    String expanded = expandUser(path);
    if (host.isDirectory().test(expanded)) {
      return expanded;
    }
    throw new ConfigException(path + " is not an existing directory");
  }
}

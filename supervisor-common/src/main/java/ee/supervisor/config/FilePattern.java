package ee.supervisor.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the files that a pattern of {@code [include]} means: {@code *}, {@code ?} and {@code [...]}
 * in any part of the path. Names that begin with a dot are found only by patterns that do.
 */
final class FilePattern {
  private static final Pattern MAGIC = Pattern.compile("[*?\\[]");

  private FilePattern() {}

  /** The paths of the files there are, sorted, spelled as the pattern spells them. */
  static List<String> find(String pattern) {
    List<String> found = new ArrayList<>(expand(pattern, false));
    Collections.sort(found);
    return found;
  }

  private static List<String> expand(String pattern, boolean directoriesOnly) {
    int slash = pattern.lastIndexOf('/') + 1;
    String directory = PosixPaths.directoryOf(pattern);
    String name = pattern.substring(slash);
    if (!MAGIC.matcher(pattern).find()) {
      boolean there = name.isEmpty() ? isDirectory(directory) : exists(pattern);
      return there ? List.of(pattern) : List.of();
    }
    List<String> parents =
        MAGIC.matcher(directory).find() ? expand(directory, true) : List.of(directory);
    List<String> found = new ArrayList<>();
    for (String parent : parents) {
      for (String match : namesIn(parent, name, directoriesOnly)) {
        found.add(PosixPaths.join(parent, match));
      }
    }
    return found;
  }

  private static List<String> namesIn(String directory, String pattern, boolean directoriesOnly) {
    if (!MAGIC.matcher(pattern).find()) {
      boolean there =
          pattern.isEmpty() ? isDirectory(directory) : exists(PosixPaths.join(directory, pattern));
      return there ? List.of(pattern) : List.of();
    }
    Pattern wanted = Pattern.compile(regex(pattern), Pattern.DOTALL);
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory))) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        boolean visible = pattern.startsWith(".") || !name.startsWith(".");
        if (visible
            && wanted.matcher(name).matches()
            && (!directoriesOnly || Files.isDirectory(entry))) {
          names.add(name);
        }
      }
    } catch (IOException e) {
      return List.of(); // a directory that cannot be read holds nothing for us: "No file matches"
    }
    return names;
  }

  private static String regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      int close = c == '[' ? closingBracket(pattern, i) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        regex.append(characterClass(pattern.substring(i + 1, close)));
        i = close;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }

  /** A bracket that closes at once, or after {@code !}, is one of the characters. */
  private static int closingBracket(String pattern, int open) {
    int start = open + 1;
    if (start < pattern.length() && pattern.charAt(start) == '!') {
      start++;
    }
    return pattern.indexOf(']', start + 1);
  }

  private static String characterClass(String members) {
    boolean negated = members.startsWith("!");
    String listed = members.substring(negated ? 1 : 0);
    StringBuilder regex = new StringBuilder(negated ? "[^" : "[");
    for (int i = 0; i < listed.length(); i++) {
      if (i + 2 < listed.length() && listed.charAt(i + 1) == '-') {
        if (listed.charAt(i) <= listed.charAt(i + 2)) {
          regex.append(literal(listed.charAt(i))).append('-').append(literal(listed.charAt(i + 2)));
        }
        i += 2;
      } else {
        regex.append(literal(listed.charAt(i)));
      }
    }
    boolean empty = regex.length() == (negated ? 2 : 1);
    return empty ? (negated ? "." : "(?!)") : regex.append(']').toString();
  }

  private static String literal(char c) {
    return Character.isLetterOrDigit(c) ? String.valueOf(c) : "\\x{%x}".formatted((int) c);
  }

  private static boolean exists(String path) {
    return Files.exists(Path.of(path), LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isDirectory(String path) {
    return Files.isDirectory(Path.of(path.isEmpty() ? "." : path));
  }
}

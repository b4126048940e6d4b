package ee.supervisor.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The style sheet, the scripts and the pictures of the pages, as they lie in this archive. Their
 * address holds a digest of them all, so that a browser may keep them for good and yet never mixes
 * those of two releases; scripts import each other by relative addresses, which hold it too.
 */
final class Assets {
  /** The scripts that {@code page.js} comes to, for browsers that can fetch them all at once. */
  static final List<String> MODULES =
      List.of(
          "page.js",
          "actions.js",
          "ansi.js",
          "api.js",
          "attention.js",
          "dom.js",
          "feed.js",
          "keyboard.js",
          "link.js",
          "log-lines.js",
          "log-search.js",
          "log-viewer.js",
          "marks.js",
          "notices.js",
          "processes.js",
          "stream.js",
          "table-view.js",
          "theme-choice.js",
          "usage.js",
          "words.js");

  private static final List<String> OTHERS =
      List.of("supervisor.css", "icon.svg", "theme.js", "graph.js", "program.js");

  private static final Map<String, byte[]> FILES =
      Stream.of(MODULES, OTHERS)
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableMap(Function.identity(), Assets::read));

  private static final String VERSION = version();

  private Assets() {}

  /** A digest of all of them. */
  static String digest() {
    return VERSION;
  }

  /** Where a page finds one of them. */
  static String address(String name) {
    return "assets/" + VERSION + "/" + name;
  }

  /** The file of that name, if there is one; not to be changed. */
  static Optional<byte[]> file(String name) {
    return Optional.ofNullable(FILES.get(name));
  }

  /** A text that lies beside them and is a part of pages. */
  static String text(String name) {
    return new String(read(name), UTF_8);
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the archive lacks assets/" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      FILES.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(file -> digest.update(file.getValue()));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

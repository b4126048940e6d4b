package ee.supervisor.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
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
          "session.js",
          "stream.js",
          "table-view.js",
          "text.js",
          "theme-choice.js",
          "usage.js",
          "words.js");

  private static final List<String> OTHERS =
      List.of("supervisor.css", "icon.svg", "theme.js", "graph.js", "program.js", "login.js");

  /** What scripts say: one in each language, at an address of its own. */
  private static final String TEXTS = "texts.js";

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

  /** Where a page finds a script that speaks that language, and with it all that it imports. */
  static String script(String name, Language language) {
    return language == Language.ENGLISH
        ? address(name)
        : "assets/" + VERSION + "/" + language.tag() + "/" + name;
  }

  /**
   * The file at {@code path}, if there is one; not to be changed.
   *
   * @param path what follows {@code assets}: a version, maybe a language, a name
   */
  static Optional<byte[]> file(String path) {
    String[] parts = path.split("/", -1);
    String name = parts[parts.length - 1];
    if (name.equals(TEXTS)) {
      Language language =
          parts.length > 2
              ? Language.tagged(parts[parts.length - 2]).orElse(Language.ENGLISH)
              : Language.ENGLISH;
      return Optional.of(Texts.in(language).script().getBytes(UTF_8));
    }
    return Optional.ofNullable(FILES.get(name));
  }

  /** Whether {@code path} is one that this version of the pages has. */
  static boolean isCurrent(String path) {
    return path.startsWith("/" + VERSION + "/");
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
      Arrays.stream(Language.values())
          .forEach(language -> digest.update(Texts.in(language).script().getBytes(UTF_8)));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

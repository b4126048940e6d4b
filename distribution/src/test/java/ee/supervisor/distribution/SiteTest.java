package ee.supervisor.distribution;

import static ee.supervisor.testing.Requirement.SPHINX;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README and docs as a web site that is read from a disk. */
@Requires(SPHINX)
class SiteTest {
  private static final Path BUILD = Path.of("../docs/site/build").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
  private static final Pattern LOADED =
      Pattern.compile("<(?:link|script|img|iframe)[^>]*(?:href|src)=\"(?:[a-z]+:)?//[^\"]*\"");

  @TempDir private Path directory;

  @Test
  void everyLinkLeadsSomewhereAndNothingIsLoadedFromElsewhere() throws Exception {
    Path site = build();
    List<String> wrong = new ArrayList<>();
    int links = 0;
    for (Path page : pages(site)) {
      String text = Files.readString(page);
      LOADED.matcher(text).results().map(MatchResult::group).forEach(wrong::add);
      for (MatchResult link : LINK.matcher(text).results().toList()) {
        String target = link.group(1).replace("&amp;", "&");
        if (!target.matches("[a-z]+:.*")) {
          links++;
          if (!isThere(page, URI.create(target))) {
            wrong.add(site.relativize(page) + ": " + target);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(links).isGreaterThan(1000);
    assertThat(site.resolve("index.html")).content().contains("id=\"what-it-is\"");
    assertThat(site.resolve("searchindex.js")).content().contains("otlp_endpoint");
  }

  private Path build() throws Exception {
    Path out = directory.resolve("out");
    Process build =
        new ProcessBuilder(BUILD.toString(), directory.resolve("site").toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(Tree.exitCode(build)).as(Files.readString(out)).isZero();
    return directory.resolve("site/html");
  }

  private static List<Path> pages(Path site) throws IOException {
    try (Stream<Path> files = Files.walk(site)) {
      return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
  }

  private static boolean isThere(Path page, URI target) throws IOException {
    Path file = target.getPath().isEmpty() ? page : page.resolveSibling(target.getPath());
    String anchor = target.getFragment();
    return Files.exists(file)
        && (anchor == null
            || anchor.isEmpty()
            || !file.toString().endsWith(".html")
            || Files.readString(file).contains("id=\"" + anchor + "\""));
  }
}

package ee.supervisor.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.openqa.selenium.JavascriptExecutor;

/** Has axe-core look at what a browser shows. */
final class Accessibility {
  private static final String AXE = axe();

  private static final String LOOK =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ['violations']}).then(
        ({violations}) => done(violations.flatMap(({id, help, nodes}) => nodes.map((node) =>
          `${id}: ${help}: ${node.html}: ${[...node.any, ...node.all, ...node.none]
            .map((check) => check.message).join('; ')}`))),
        (failure) => done([`axe-core failed: ${failure}`]));
      """;

  private Accessibility() {}

  private static String axe() {
    try (InputStream script = Accessibility.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything on the page that some people cannot see, read or use, and why. */
  static List<String> violations(JavascriptExecutor browser) {
    if (!(Boolean) browser.executeScript("return 'axe' in window")) {
      browser.executeScript(AXE);
    }
    return ((List<?>) browser.executeAsyncScript(LOOK)).stream().map(Object::toString).toList();
  }
}

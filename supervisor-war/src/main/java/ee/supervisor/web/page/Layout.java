package ee.supervisor.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.control.Supervisor;
import ee.supervisor.control.Version;
import java.net.URLEncoder;

/** What all pages have around their content. */
final class Layout {

  private Layout() {}

  /** A whole page. */
  static Html page(Supervisor supervisor, String title, Html content) {
    return Html.of(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{}</title>
        <script src="{}"></script>
        <link rel="stylesheet" href="{}">
        <link rel="icon" type="image/svg+xml" href="{}">
        </head>
        <body>
        <header class="top">
        <a class="brand" href="index.html"><img src="{}" alt="" width="24" height="24">Supervisor</a>
        <span class="identifier">{}</span>
        <span class="pid">pid {}</span>
        <span class="tools" id="tools"></span>
        </header>
        <main>
        {}
        </main>
        <footer>Supervisor for Jakarta EE, compatible with Supervisor {}</footer>
        </body>
        </html>
        """,
        title,
        Assets.address("theme.js"),
        Assets.address("supervisor.css"),
        Assets.address("icon.svg"),
        Assets.address("icon.svg"),
        supervisor.configuration().supervisord().identifier(),
        supervisor.pid(),
        content,
        Version.SUPERVISOR);
  }

  /** {@code text} as part of a link. */
  static String quote(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}

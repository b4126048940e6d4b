package ee.supervisor.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.supervisor.access.Caller;
import ee.supervisor.control.Version;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/** What all pages have around their content. */
final class Layout {

  private Layout() {}

  /** A whole page. */
  static Html page(View view, String title, Html content) {
    return Html.of(
        """
        <!DOCTYPE html>
        <html lang="{}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        {}<title>{}</title>
        <script src="{}"></script>
        <link rel="stylesheet" href="{}">
        <link rel="icon" type="image/svg+xml" href="{}">
        </head>
        <body>
        <header class="top">
        <a class="brand" href="index.html"><img src="{}" alt="" width="24" height="24">{}</a>
        {}<span class="tools" id="tools"></span>
        {}</header>
        <main>
        {}
        </main>
        <footer>{}
        {}</footer>
        </body>
        </html>
        """,
        view.texts().language().tag(),
        Html.orNothing(
            view.token().map(token -> Html.of("<meta name=\"token\" content=\"{}\">\n", token))),
        title,
        Assets.address("theme.js"),
        Assets.address("supervisor.css"),
        Assets.address("icon.svg"),
        Assets.address("icon.svg"),
        view.text("layout.brand"),
        view.caller().isPresent() ? instance(view) : Html.EMPTY,
        Html.orNothing(
            view.caller().filter(caller -> caller.user().isPresent()).map(c -> user(view, c))),
        content,
        view.text("layout.footer", Version.SUPERVISOR),
        languages(view));
  }

  /** Which supervisord it is: nothing for those who are not let in. */
  private static Html instance(View view) {
    return Html.of(
        """
        <span class="identifier">{}</span>
        <span class="pid">{}</span>
        """,
        view.supervisor().configuration().supervisord().identifier(),
        view.text("layout.pid", Integer.toString(view.supervisor().pid())));
  }

  private static Html user(View view, Caller caller) {
    return Html.of(
        """
        <form class="user" method="post" action="logout.html">
        {}<span class="who">{} <span class="role">{}</span></span>
        {}</form>
        """,
        view.tokenField(),
        caller.user().orElseThrow(),
        view.texts().role(caller.role()),
        view.token().isPresent()
            ? Html.of("<button class=\"quiet\">{}</button>\n", view.text("layout.logout"))
            : Html.EMPTY);
  }

  /** The same page in each language; what is chosen is remembered. */
  private static Html languages(View view) {
    List<Html> links = new ArrayList<>();
    String address = view.address();
    for (Language language : Language.values()) {
      boolean isCurrent = language == view.texts().language();
      links.add(
          Html.of(
              "<a href=\"{}{}lang={}\" hreflang=\"{}\" lang=\"{}\"{}>{}</a>\n",
              address,
              address.contains("?") ? "&" : "?",
              language.tag(),
              language.tag(),
              language.tag(),
              isCurrent ? Html.of(" aria-current=\"true\"") : Html.EMPTY,
              language.ownName()));
    }
    return Html.of(
        "<nav class=\"languages\" aria-label=\"{}\">{}</nav>\n",
        view.text("layout.languages"),
        Html.join(links));
  }

  /** {@code text} as part of a link. */
  static String quote(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}

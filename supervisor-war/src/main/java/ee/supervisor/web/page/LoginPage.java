package ee.supervisor.web.page;

/** The page at {@code /login.html}: asks for a name and a password. It works without scripts. */
final class LoginPage {

  private LoginPage() {}

  /**
   * The page.
   *
   * @param next where to go afterwards
   * @param failed whether name or password were wrong
   */
  static Html render(View view, String next, boolean failed) {
    return Layout.page(
        view,
        view.text("login.title"),
        Html.of(
            """
            <form class="login" id="login" method="post" action="login.html">
            <h1>{}</h1>
            {}<input type="hidden" name="next" value="{}">
            <label for="user">{}</label>
            <input id="user" name="user" autocomplete="username" autocapitalize="none"\
             spellcheck="false" required autofocus>
            <label for="password">{}</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required>
            <button class="primary">{}</button>
            </form>
            <script type="module" src="{}"></script>
            """,
            view.text("login.heading"),
            failed
                ? Html.of(
                    "<p class=\"message bad\" role=\"alert\">{}</p>\n", view.text("login.failed"))
                : Html.EMPTY,
            next,
            view.text("login.user"),
            view.text("login.password"),
            view.text("login.submit"),
            view.script("login.js")));
  }
}

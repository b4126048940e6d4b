package ee.supervisor.web.page;

import ee.supervisor.access.Caller;
import ee.supervisor.config.Role;

/** Shows a user that an action takes another role. */
final class RefusedPage {

  private RefusedPage() {}

  /** The page that says so. */
  static Html render(View view, Caller caller, String action, Role needed) {
    return Layout.page(
        view,
        view.text("layout.title", action),
        Html.of(
            """
            <div class="confirm" role="alert">
            <h1>{}</h1>
            <a class="button" href="index.html">{}</a>
            </div>
            """,
            view.text(
                "refused.reason",
                action,
                caller.user().orElse("-"),
                view.texts().role(caller.role()),
                view.texts().role(needed)),
            view.text("layout.back")));
  }
}

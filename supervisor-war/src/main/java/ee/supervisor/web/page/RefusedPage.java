package ee.supervisor.web.page;

import ee.supervisor.access.Caller;
import ee.supervisor.config.Role;
import ee.supervisor.control.Supervisor;

/** Shows a user that an action takes another role. */
final class RefusedPage {

  private RefusedPage() {}

  /** The page that says so. */
  static Html render(Supervisor supervisor, Caller caller, String action, Role needed) {
    return Layout.page(
        supervisor,
        "Supervisor: " + action,
        Html.of(
            """
            <div class="confirm" role="alert">
            <h1>{} is not for you</h1>
            <p>The user {} is {}, and this takes the role {}.</p>
            <a class="button" href="index.html">Back</a>
            </div>
            """,
            action,
            caller.user().orElse("-"),
            caller.role().lowerCase(),
            needed.lowerCase()));
  }
}

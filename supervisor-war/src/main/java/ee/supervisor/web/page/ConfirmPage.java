package ee.supervisor.web.page;

import ee.supervisor.control.Supervisor;

/**
 * Asks before it does what a plain link says. Links like the reference's work and can be
 * bookmarked, but another site that makes the operator's browser follow one gets no further.
 */
final class ConfirmPage {

  private ConfirmPage() {}

  /** The page that asks whether {@code action} is meant. */
  static Html render(Supervisor supervisor, String processname, String action) {
    return Layout.page(
        supervisor,
        "Supervisor: " + action,
        Html.of(
            """
            <form class="confirm" method="post" action="index.html">
            <h1>{} <b>{}</b>?</h1>
            <input type="hidden" name="processname" value="{}">
            <button name="action" value="{}" autofocus>{}</button>
            <a class="button" href="index.html">Cancel</a>
            </form>
            """,
            action,
            processname,
            processname,
            action,
            action));
  }
}

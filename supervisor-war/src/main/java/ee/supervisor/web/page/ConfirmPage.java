package ee.supervisor.web.page;

/**
 * Asks before it does what a plain link says. Links like the reference's work and can be
 * bookmarked, but another site that makes the operator's browser follow one gets no further.
 */
final class ConfirmPage {

  private ConfirmPage() {}

  /** The page that asks whether {@code action} is meant. */
  static Html render(View view, String processname, String action) {
    return Layout.page(
        view,
        view.text("layout.title", action),
        Html.of(
            """
            <form class="confirm" method="post" action="index.html">
            <h1>{}</h1>
            {}<input type="hidden" name="processname" value="{}">
            <button name="action" value="{}" autofocus>{}</button>
            <a class="button" href="index.html">{}</a>
            </form>
            """,
            view.texts().html("confirm.question", action, Html.of("<b>{}</b>", processname)),
            view.tokenField(),
            processname,
            action,
            action,
            view.text("layout.cancel")));
  }
}

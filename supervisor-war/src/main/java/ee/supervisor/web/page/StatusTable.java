package ee.supervisor.web.page;

import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Namespec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of the page at {@code /}: a body for each group, a row for each process, with all that
 * can be done with it. Which of a row's buttons fit its state is the style sheet's business, by the
 * row's {@code data-state}: so the scripts change one attribute and not the buttons.
 *
 * <p>Rows are no table rows to the style sheet, and without one's layout browsers forget what they
 * are: hence the roles.
 */
final class StatusTable {
  private StatusTable() {}

  /**
   * The table of {@code processes}, which stand group by group.
   *
   * @param view whose user may do something to them or not
   */
  static Html of(View view, List<ProcessInfo> processes, Instant now) {
    boolean writes = view.may(Actions.ROLE);
    List<Html> pieces = new ArrayList<>();
    pieces.add(head(view));
    String open = null;
    for (ProcessInfo process : processes) {
      // a program of one process is a group in name only: those that follow each other share a body
      String group = process.group().equals(process.name()) ? "" : process.group();
      if (!group.equals(open)) {
        if (open != null) {
          pieces.add(Html.of("</tbody>\n"));
        }
        pieces.add(bodyStart(view, group, writes));
        open = group;
      }
      pieces.add(row(view, process, now, writes));
    }
    pieces.add(Html.of(open == null ? "</table>\n" : "</tbody>\n</table>\n"));
    return Html.join(pieces);
  }

  private static Html head(View view) {
    return Html.of(
        """
        <table class="processes" role="table" aria-label="{}">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" class="pick"></th>\
        <th role="columnheader" data-sort="state">{}</th>\
        <th role="columnheader" data-sort="name">{}</th>\
        <th role="columnheader" data-sort="uptime">{}</th>\
        <th role="columnheader" data-sort="cpu" class="usage">{}</th>\
        <th role="columnheader" data-sort="memory" class="usage">{}</th>\
        <th role="columnheader" class="actions-head">{}</th></tr></thead>
        """,
        view.text("table.label"),
        view.text("table.state"),
        view.text("table.name"),
        view.text("table.description"),
        view.text("table.cpu"),
        view.text("table.memory"),
        view.text("table.actions"));
  }

  private static Html bodyStart(View view, String group, boolean writes) {
    return group.isEmpty()
        ? Html.of("<tbody role=\"rowgroup\">\n")
        : Html.of(
            """
            <tbody role="rowgroup" data-group="{}">
            <tr role="row" class="group"><th role="rowheader" colspan="7">{}{}</th></tr>
            """,
            group,
            group,
            writes ? roll(view, group) : Html.EMPTY);
  }

  private static Html roll(View view, String group) {
    return Html.of(
        " <button class=\"roll\" name=\"action\" value=\"roll\""
            + " title=\"{}\" formaction=\"index.html?processname={}\">{}</button>",
        view.text("roll.title"),
        Layout.quote(group + ":*"),
        view.text("action.roll"));
  }

  private static Html row(View view, ProcessInfo process, Instant now, boolean writes) {
    String name = Namespec.of(process.group(), process.name());
    String quoted = Layout.quote(name);
    return Html.of(
        """
        <tr role="row" data-process="{}" data-state="{}">\
        <td role="cell" class="pick"></td>\
        <td role="cell" class="state">{}</td>\
        <td role="cell" class="name"><a class="log" href="tail.html?processname={}">{}</a></td>\
        <td role="cell" class="description">{}</td>\
        <td role="cell" class="usage"></td><td role="cell" class="usage"></td>\
        <td role="cell" class="actions">{}\
        <a class="button log" href="tail.html?processname={}">{}</a>\
        <a class="button details" href="program.html?processname={}">{}</a>\
        <span class="plain"><a href="logtail/{}" target="_blank" rel="noopener">{}</a> \
        <a href="logtail/{}/stderr" target="_blank" rel="noopener">{}</a></span>\
        </td></tr>
        """,
        name,
        process.state().name(),
        StateChip.of(view.texts(), process.state()),
        quoted,
        label(process, name),
        Description.of(view.texts(), process, now),
        writes ? buttons(view, quoted) : Html.EMPTY,
        quoted,
        view.text("action.log"),
        quoted,
        view.text("action.details"),
        quoted,
        view.text("action.tail.stdout"),
        quoted,
        view.text("action.tail.stderr"));
  }

  /** The name, with its group set apart: below a heading the eye can pass over that. */
  private static Html label(ProcessInfo process, String name) {
    return process.group().equals(process.name())
        ? Html.of("{}", name)
        : Html.of("<span class=\"prefix\">{}:</span>{}", process.group(), process.name());
  }

  private static Html buttons(View view, String quotedName) {
    return Html.join(
        List.of(
            button("start", "", view.text("action.start"), quotedName),
            button("restart", "", view.text("action.restart"), quotedName),
            button("stop", " danger", view.text("action.stop"), quotedName),
            button("clearlog", " plain", view.text("action.clearlog"), quotedName)));
  }

  private static Html button(String action, String classes, String label, String quotedName) {
    return Html.of(
        "<button class=\"{}{}\" name=\"action\" value=\"{}\""
            + " formaction=\"index.html?processname={}\">{}</button>",
        action,
        classes,
        action,
        quotedName,
        label);
  }
}

package ee.supervisor.web.page;

import ee.supervisor.process.ProcessDescription;
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
  private static final Html HEAD =
      Html.of(
          """
          <table class="processes" role="table" aria-label="Processes">
          <thead role="rowgroup"><tr role="row"><th role="columnheader" class="pick"></th>\
          <th role="columnheader" data-sort="state">State</th>\
          <th role="columnheader" data-sort="name">Name</th>\
          <th role="columnheader" data-sort="uptime">Description</th>\
          <th role="columnheader" data-sort="cpu" class="usage">CPU</th>\
          <th role="columnheader" data-sort="memory" class="usage">Memory</th>\
          <th role="columnheader" class="actions-head">Actions</th></tr></thead>
          """);

  private StatusTable() {}

  /**
   * The table of {@code processes}, which stand group by group.
   *
   * @param writes whether who looks at it may do something to them
   */
  static Html of(List<ProcessInfo> processes, Instant now, boolean writes) {
    List<Html> pieces = new ArrayList<>();
    pieces.add(HEAD);
    String open = null;
    for (ProcessInfo process : processes) {
      // a program of one process is a group in name only: those that follow each other share a body
      String group = process.group().equals(process.name()) ? "" : process.group();
      if (!group.equals(open)) {
        if (open != null) {
          pieces.add(Html.of("</tbody>\n"));
        }
        pieces.add(bodyStart(group, writes));
        open = group;
      }
      pieces.add(row(process, now, writes));
    }
    pieces.add(Html.of(open == null ? "</table>\n" : "</tbody>\n</table>\n"));
    return Html.join(pieces);
  }

  private static Html bodyStart(String group, boolean writes) {
    return group.isEmpty()
        ? Html.of("<tbody role=\"rowgroup\">\n")
        : Html.of(
            """
            <tbody role="rowgroup" data-group="{}">
            <tr role="row" class="group"><th role="rowheader" colspan="7">{}{}</th></tr>
            """,
            group,
            group,
            writes ? roll(group) : Html.EMPTY);
  }

  private static Html roll(String group) {
    return Html.of(
        " <button class=\"roll\" name=\"action\" value=\"roll\""
            + " title=\"Restart one after the other, each when the one before is ready\""
            + " formaction=\"index.html?processname={}\">Roll</button>",
        Layout.quote(group + ":*"));
  }

  private static Html row(ProcessInfo process, Instant now, boolean writes) {
    String name = Namespec.of(process.group(), process.name());
    String quoted = Layout.quote(name);
    return Html.of(
        """
        <tr role="row" data-process="{}" data-state="{}"{}>\
        <td role="cell" class="pick"></td>\
        <td role="cell" class="state">{}</td>\
        <td role="cell" class="name"><a class="log" href="tail.html?processname={}">{}</a></td>\
        <td role="cell" class="description">{}</td>\
        <td role="cell" class="usage"></td><td role="cell" class="usage"></td>\
        <td role="cell" class="actions">{}\
        <a class="button log" href="tail.html?processname={}">Log</a>\
        <a class="button details" href="program.html?processname={}">Details</a>\
        <span class="plain"><a href="logtail/{}" target="_blank" rel="noopener">Tail -f stdout</a> \
        <a href="logtail/{}/stderr" target="_blank" rel="noopener">Tail -f stderr</a></span>\
        </td></tr>
        """,
        name,
        process.state().name(),
        process.waitsFor().isEmpty() ? Html.EMPTY : Html.of(" data-waiting"),
        StateChip.of(process.state()),
        quoted,
        label(process, name),
        ProcessDescription.of(process, now),
        writes ? buttons(process, quoted) : Html.EMPTY,
        quoted,
        quoted,
        quoted,
        quoted);
  }

  /** The name, with its group set apart: below a heading the eye can pass over that. */
  private static Html label(ProcessInfo process, String name) {
    return process.group().equals(process.name())
        ? Html.of("{}", name)
        : Html.of("<span class=\"prefix\">{}:</span>{}", process.group(), process.name());
  }

  private static Html buttons(ProcessInfo process, String quotedName) {
    boolean mayWait = !process.config().relations().needs().isEmpty();
    return Html.join(
        List.of(
            button("start", "", "Start", quotedName),
            mayWait ? button("startalone", " alone", "Start now", quotedName) : Html.EMPTY,
            button("restart", "", "Restart", quotedName),
            button("stop", " danger", "Stop", quotedName),
            button("clearlog", " plain", "Clear log", quotedName)));
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

package ee.supervisor.door.page;

import ee.supervisor.control.Namespec;
import ee.supervisor.control.Supervisor;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.ProcessDescription;
import ee.supervisor.process.ProcessInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The page at {@code /}: every process with its state and what can be done with it. Its buttons
 * post; nothing on it needs a script.
 */
final class StatusPage {
  private static final Html TOOLBAR =
      Html.of(
          """
          <form class="toolbar" method="post" action="index.html">
          <a class="button" href="index.html?action=refresh">Refresh</a>
          <button name="action" value="startall">Start all</button>
          <button name="action" value="restartall">Restart all</button>
          <button name="action" value="stopall" class="danger">Stop all</button>
          </form>
          """);

  private StatusPage() {}

  /** The page, with a message of what was done, if anything was. */
  static Html render(Supervisor supervisor, Optional<String> message) {
    List<ProcessInfo> processes = supervisor.processes();
    Html content =
        Html.of(
            "{}<div class=\"head\">{}{}</div>\n{}",
            Html.orNothing(
                message.map(
                    text -> Html.of("<p class=\"message\" role=\"status\">{}</p>\n", text))),
            summary(processes),
            TOOLBAR,
            processes.isEmpty()
                ? Html.of("<p class=\"empty\">No programs to manage</p>\n")
                : table(processes));
    return Layout.page(supervisor, "Supervisor Status", content);
  }

  private static Html table(List<ProcessInfo> processes) {
    Instant now = Instant.now();
    List<Html> rows = new ArrayList<>();
    String group = "";
    for (ProcessInfo process : processes) {
      if (!process.group().equals(group)) {
        group = process.group();
        rows.add(groupHeading(process));
      }
      rows.add(row(process, now));
    }
    return Html.of(
        """
        <table class="processes">
        <thead><tr><th>State</th><th>Name</th><th>Description</th><th>Action</th></tr></thead>
        <tbody>
        {}</tbody>
        </table>
        """,
        Html.join(rows));
  }

  /** How many processes are in each state that any is in. */
  private static Html summary(List<ProcessInfo> processes) {
    Map<ProcessState, Integer> counts = new EnumMap<>(ProcessState.class);
    processes.forEach(process -> counts.merge(process.state(), 1, Integer::sum));
    List<Html> items = new ArrayList<>();
    counts.forEach(
        (state, count) ->
            items.add(
                Html.of(
                    "<li class=\"state {}\"><b>{}</b> {}</li>",
                    cssClass(state),
                    count,
                    lowerCase(state))));
    return Html.of("<ul class=\"summary\">{}</ul>\n", Html.join(items));
  }

  /** A group of more than the one process that bears its name gets a heading. */
  private static Html groupHeading(ProcessInfo first) {
    return first.group().equals(first.name())
        ? Html.EMPTY
        : Html.of("<tr class=\"group\"><th colspan=\"4\">{}</th></tr>\n", first.group());
  }

  private static Html row(ProcessInfo process, Instant now) {
    String name = Namespec.of(process.group(), process.name());
    String quoted = Layout.quote(name);
    return Html.of(
        """
        <tr data-process="{}">
        <td class="state-cell"><span class="state {}">{}</span></td>
        <td class="name"><a href="tail.html?processname={}">{}</a></td>
        <td class="description">{}</td>
        <td class="actions"><form method="post" action="index.html">\
        <input type="hidden" name="processname" value="{}">{}\
        <button name="action" value="clearlog">Clear log</button></form>\
        <a href="logtail/{}" target="_blank" rel="noopener">Tail -f stdout</a>\
        <a href="logtail/{}/stderr" target="_blank" rel="noopener">Tail -f stderr</a></td>
        </tr>
        """,
        name,
        cssClass(process.state()),
        lowerCase(process.state()),
        quoted,
        name,
        ProcessDescription.of(process, now),
        name,
        buttons(process.state()),
        quoted,
        quoted);
  }

  private static Html buttons(ProcessState state) {
    return switch (state) {
      case RUNNING ->
          Html.of(
              "<button name=\"action\" value=\"restart\">Restart</button>"
                  + "<button name=\"action\" value=\"stop\" class=\"danger\">Stop</button>");
      case STARTING, BACKOFF ->
          Html.of("<button name=\"action\" value=\"stop\" class=\"danger\">Stop</button>");
      case STOPPED, EXITED, FATAL ->
          Html.of("<button name=\"action\" value=\"start\">Start</button>");
      case STOPPING, UNKNOWN -> Html.EMPTY;
    };
  }

  private static String cssClass(ProcessState state) {
    return switch (state) {
      case RUNNING -> "good";
      case STARTING, STOPPING -> "busy";
      case FATAL, BACKOFF, UNKNOWN -> "bad";
      case STOPPED, EXITED -> "idle";
    };
  }

  private static String lowerCase(ProcessState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}

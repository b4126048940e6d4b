package ee.supervisor.web.page;

import static java.util.Comparator.comparing;

import ee.supervisor.config.Role;
import ee.supervisor.control.Supervisor;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.ProcessDescription;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Namespec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page at {@code /}: every process with its state and what can be done with it. Its buttons
 * post and its links lead somewhere: nothing on it needs a script. Where scripts run, they take the
 * page as it is and keep it up to date.
 */
final class StatusPage {
  private static final int MOST_TROUBLES = 5;

  private static final Html ALL_BUTTONS =
      Html.of(
          """
          <button name="action" value="startall">Start all</button>
          <button name="action" value="restartall">Restart all</button>
          <button name="action" value="stopall" class="danger">Stop all</button>
          """);

  /** What only scripts use: they unpack it. */
  private static final Html FOR_SCRIPTS = forScripts();

  private StatusPage() {}

  /** The page for a user of that role, with a message of what was done, if anything was. */
  static Html render(Supervisor supervisor, Role role, Optional<String> message) {
    Instant now = Instant.now();
    boolean writes = role.includes(Actions.ROLE);
    List<ProcessInfo> processes = supervisor.processes();
    Html content =
        Html.of(
            """
            <h1 class="unseen">Programs</h1>
            {}{}<form id="status" class="status" method="post" action="index.html" data-now="{}"\
             data-supervisor="{}">
            <div class="head">{}{}</div>
            {}{}{}</form>
            {}""",
            Html.orNothing(message.map(StatusPage::notice)),
            way(supervisor),
            now.toEpochMilli(),
            supervisor.state().name(),
            summary(processes),
            toolbar(role, !supervisor.dependencies().isEmpty()),
            attention(processes, now),
            empty(processes.isEmpty()),
            StatusTable.of(processes, now, writes),
            FOR_SCRIPTS);
    return Layout.page(supervisor, "Supervisor Status", content);
  }

  private static Html toolbar(Role role, boolean hasGraph) {
    return Html.of(
        """
        <div class="toolbar" id="toolbar">
        <span class="all">
        <a class="button plain" href="index.html?action=refresh">Refresh</a>
        {}{}{}</span>
        </div>
        """,
        hasGraph ? Html.of("<a class=\"button\" href=\"graph.html\">Graph</a>\n") : Html.EMPTY,
        role.includes(PlanPage.ROLE)
            ? Html.of("<a class=\"button\" href=\"plan.html\">Plan</a>\n")
            : Html.EMPTY,
        role.includes(Actions.ROLE) ? ALL_BUTTONS : Html.EMPTY);
  }

  private static Html notice(String text) {
    return Html.of("<p class=\"message\" role=\"status\">{}</p>\n", text);
  }

  /** Shows when supervisord is on its way down. */
  private static Html way(Supervisor supervisor) {
    return switch (supervisor.state()) {
      case RUNNING -> Html.EMPTY;
      case SHUTDOWN, FATAL ->
          Html.of(
              "<p class=\"message leaving\">supervisord is shutting down:"
                  + " it stops its programs and then itself.</p>\n");
      case RESTARTING ->
          Html.of(
              "<p class=\"message leaving\">supervisord is restarting:"
                  + " it stops its programs, reads its configuration and starts them again.</p>\n");
    };
  }

  private static Html empty(boolean shown) {
    return Html.of(
        """
        <div class="empty none"{}><h2>No programs to manage</h2>
        <p>Add a <code>[program:NAME]</code> section to the configuration, then run
        <code>supervisorctl update</code>.</p></div>
        """,
        shown ? Html.EMPTY : Html.of(" hidden"));
  }

  /** How many processes are in each state that any is in. */
  private static Html summary(List<ProcessInfo> processes) {
    Map<ProcessState, Integer> counts = new EnumMap<>(ProcessState.class);
    processes.forEach(process -> counts.merge(process.state(), 1, Integer::sum));
    List<Html> items = new ArrayList<>();
    StateChip.WORST_FIRST.stream()
        .filter(counts::containsKey)
        .forEach(
            state ->
                items.add(
                    Html.of(
                        "<li><span class=\"chip {}\"><b>{}</b> {}</span></li>",
                        StateChip.cssClass(state),
                        counts.get(state),
                        StateChip.word(state))));
    return Html.of("<ul class=\"summary\" id=\"summary\">{}</ul>\n", Html.join(items));
  }

  /** The processes that somebody should look at, and why. */
  private static Html attention(List<ProcessInfo> processes, Instant now) {
    List<ProcessInfo> troubles =
        processes.stream()
            .filter(one -> StateChip.needsAttention(one.state()))
            .sorted(comparing(one -> StateChip.WORST_FIRST.indexOf(one.state())))
            .toList();
    List<Html> items = new ArrayList<>();
    troubles.stream().limit(MOST_TROUBLES).forEach(one -> items.add(trouble(one, now)));
    if (troubles.size() > MOST_TROUBLES) {
      items.add(Html.of("<li>and {} more</li>", troubles.size() - MOST_TROUBLES));
    }
    return Html.of(
        "<ul class=\"attention\" id=\"attention\" aria-label=\"Needs attention\"{}>{}</ul>\n",
        items.isEmpty() ? Html.of(" hidden") : Html.EMPTY,
        Html.join(items));
  }

  private static Html trouble(ProcessInfo process, Instant now) {
    String name = Namespec.of(process.group(), process.name());
    return Html.of(
        "<li>{} <a class=\"where\" href=\"tail.html?processname={}\">{}</a>"
            + " <span class=\"why\">{}</span></li>",
        StateChip.of(process.state()),
        Layout.quote(name),
        name,
        ProcessDescription.of(process, now));
  }

  private static Html forScripts() {
    List<Html> links = new ArrayList<>();
    Assets.MODULES.forEach(
        name ->
            links.add(Html.of("<link rel=\"modulepreload\" href=\"{}\">\n", Assets.address(name))));
    links.add(Html.of(Assets.text("parts.html")));
    links.add(Html.of("<script type=\"module\" src=\"{}\"></script>\n", Assets.address("page.js")));
    return Html.join(links);
  }
}

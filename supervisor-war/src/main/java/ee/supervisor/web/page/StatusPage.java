package ee.supervisor.web.page;

import static java.util.Comparator.comparing;

import ee.supervisor.control.Supervisor;
import ee.supervisor.event.ProcessState;
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

  private static final String PARTS = Assets.text("parts.html");

  private StatusPage() {}

  /** The page, with a message of what was done, if anything was. */
  static Html render(View view, Optional<String> message) {
    Instant now = Instant.now();
    Supervisor supervisor = view.supervisor();
    List<ProcessInfo> processes = supervisor.processes();
    Html content =
        Html.of(
            """
            <h1 class="unseen">{}</h1>
            {}{}<form id="status" class="status" method="post" action="index.html" data-now="{}"\
             data-supervisor="{}">
            {}<div class="head">{}{}</div>
            {}{}{}</form>
            {}""",
            view.text("status.heading"),
            Html.orNothing(message.map(StatusPage::notice)),
            way(view),
            now.toEpochMilli(),
            supervisor.state().name(),
            view.tokenField(),
            summary(view.texts(), processes),
            toolbar(view, !supervisor.dependencies().isEmpty()),
            attention(view.texts(), processes, now),
            empty(view.texts(), processes.isEmpty()),
            StatusTable.of(view, processes, now),
            forScripts(view));
    return Layout.page(view, view.text("status.title"), content);
  }

  private static Html toolbar(View view, boolean hasGraph) {
    return Html.of(
        """
        <div class="toolbar" id="toolbar">
        <span class="all">
        <a class="button plain" href="index.html?action=refresh">{}</a>
        {}{}{}</span>
        </div>
        """,
        view.text("status.refresh"),
        hasGraph ? link("graph.html", view.text("status.graph")) : Html.EMPTY,
        view.may(PlanPage.ROLE) ? link("plan.html", view.text("status.plan")) : Html.EMPTY,
        view.may(Actions.ROLE) ? allButtons(view) : Html.EMPTY);
  }

  private static Html link(String address, String label) {
    return Html.of("<a class=\"button\" href=\"{}\">{}</a>\n", address, label);
  }

  private static Html allButtons(View view) {
    return Html.of(
        """
        <button name="action" value="startall">{}</button>
        <button name="action" value="restartall">{}</button>
        <button name="action" value="stopall" class="danger">{}</button>
        """,
        view.text("status.startall"),
        view.text("status.restartall"),
        view.text("status.stopall"));
  }

  private static Html notice(String text) {
    return Html.of("<p class=\"message\" role=\"status\">{}</p>\n", text);
  }

  /** Shows when supervisord is on its way down. */
  private static Html way(View view) {
    return switch (view.supervisor().state()) {
      case RUNNING -> Html.EMPTY;
      case SHUTDOWN, FATAL -> leaving(view.text("status.shutdown"));
      case RESTARTING -> leaving(view.text("status.restarting"));
    };
  }

  private static Html leaving(String text) {
    return Html.of("<p class=\"message leaving\">{}</p>\n", text);
  }

  private static Html empty(Texts texts, boolean shown) {
    return Html.of(
        """
        <div class="empty none"{}><h2>{}</h2>
        <p>{}</p></div>
        """,
        shown ? Html.EMPTY : Html.of(" hidden"),
        texts.get("status.empty"),
        texts.html(
            "status.advice",
            Html.of("<code>[program:NAME]</code>"),
            Html.of("<code>supervisorctl update</code>")));
  }

  /** How many processes are in each state that any is in. */
  private static Html summary(Texts texts, List<ProcessInfo> processes) {
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
                        StateChip.word(texts, state))));
    return Html.of("<ul class=\"summary\" id=\"summary\">{}</ul>\n", Html.join(items));
  }

  /** The processes that somebody should look at, and why. */
  private static Html attention(Texts texts, List<ProcessInfo> processes, Instant now) {
    List<ProcessInfo> troubles =
        processes.stream()
            .filter(one -> StateChip.needsAttention(one.state()))
            .sorted(comparing(one -> StateChip.WORST_FIRST.indexOf(one.state())))
            .toList();
    List<Html> items = new ArrayList<>();
    troubles.stream().limit(MOST_TROUBLES).forEach(one -> items.add(trouble(texts, one, now)));
    if (troubles.size() > MOST_TROUBLES) {
      items.add(Html.of("<li>{}</li>", texts.get("status.more", troubles.size() - MOST_TROUBLES)));
    }
    return Html.of(
        "<ul class=\"attention\" id=\"attention\" aria-label=\"{}\"{}>{}</ul>\n",
        texts.get("status.attention"),
        items.isEmpty() ? Html.of(" hidden") : Html.EMPTY,
        Html.join(items));
  }

  private static Html trouble(Texts texts, ProcessInfo process, Instant now) {
    String name = Namespec.of(process.group(), process.name());
    return Html.of(
        "<li>{} <a class=\"where\" href=\"tail.html?processname={}\">{}</a>"
            + " <span class=\"why\">{}</span></li>",
        StateChip.of(texts, process.state()),
        Layout.quote(name),
        name,
        Description.of(texts, process, now));
  }

  /** What only scripts use: they unpack it. */
  private static Html forScripts(View view) {
    List<Html> links = new ArrayList<>();
    Assets.MODULES.forEach(
        name ->
            links.add(Html.of("<link rel=\"modulepreload\" href=\"{}\">\n", view.script(name))));
    links.add(view.texts().fill(PARTS));
    links.add(Html.of("<script type=\"module\" src=\"{}\"></script>\n", view.script("page.js")));
    return Html.join(links);
  }
}

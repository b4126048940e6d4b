package ee.supervisor.web.page;

import ee.supervisor.control.StartUp;
import ee.supervisor.control.Supervisor;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.DependencyLink;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Namespec;
import ee.supervisor.web.page.GraphLayout.Edge;
import ee.supervisor.web.page.GraphLayout.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The page at {@code /graph.html}: which programs need which, how they are, how long it took to
 * start them and what that was due to.
 */
final class GraphPage {
  private static final int MARGIN = 8;
  private static final int MOST_LETTERS = 25;

  private final View view;
  private final Texts texts;
  private final List<DependencyLink> links;
  private final Map<String, ProcessInfo> processes = new LinkedHashMap<>();
  private final StartUp startUp;
  private final List<StartUp.Critical> critical;
  private final GraphLayout layout;

  private GraphPage(View view) {
    this.view = view;
    this.texts = view.texts();
    Supervisor supervisor = view.supervisor();
    this.links = supervisor.dependencies();
    supervisor.processes().forEach(p -> processes.put(Namespec.of(p.group(), p.name()), p));
    this.startUp = supervisor.startUp();
    this.critical = startUp.critical(links);
    this.layout =
        new GraphLayout(
            List.copyOf(processes.keySet()),
            links.stream().map(link -> new Edge(link.needs(), link.process())).toList());
  }

  /** The page. */
  static Html render(View view) {
    return new GraphPage(view).page();
  }

  private Html page() {
    return Layout.page(
        view,
        texts.get("graph.title"),
        Html.of(
            """
            <h1>{}</h1>
            <div id="graph">
            {}{}{}</div>
            <p class="toolbar"><a class="button" href="index.html">{}</a></p>
            <script type="module" src="{}"></script>
            """,
            texts.get("graph.heading"),
            startUp(),
            drawing(),
            alone(),
            texts.get("layout.back"),
            view.script("graph.js")));
  }

  private Html startUp() {
    if (startUp.programs().isEmpty()) {
      return Html.EMPTY;
    }
    List<Html> steps = new ArrayList<>();
    for (StartUp.Critical step : critical) {
      steps.add(
          Html.of(
              "<li>{}</li>\n",
              texts.html(
                  "graph.step",
                  Html.of("<b>{}</b>", step.process()),
                  seconds(step.to().minus(step.from())),
                  seconds(step.from()),
                  seconds(step.to()))));
    }
    return Html.of(
        """
        <section class="startup"{}>
        <p>{}</p>
        <ol>{}</ol>
        </section>
        """,
        startUp.over() ? Html.EMPTY : Html.of(" data-waiting"),
        texts.html(
            "graph." + (startUp.over() ? "took" : "goes") + (steps.isEmpty() ? "" : ".steps"),
            Html.of("<b>{}</b>", seconds(startUp.took()))),
        Html.join(steps));
  }

  private String seconds(Duration time) {
    return String.format(texts.language().locale(), "%.1f s", time.toMillis() / 1000.0);
  }

  private Html drawing() {
    if (layout.isEmpty()) {
      return Html.of(
          "<p class=\"empty\">{}</p>\n",
          texts.html("graph.empty", Html.of("<code>depends_on</code>")));
    }
    List<Html> pieces = new ArrayList<>();
    layout.edges().forEach(edge -> pieces.add(line(edge)));
    layout.boxed().forEach(name -> pieces.add(box(name)));
    int width = layout.width() + 2 * MARGIN;
    int height = layout.height() + 2 * MARGIN;
    return Html.of(
        """
        <div class="graph">
        <svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="{} {} {} {}"\
         role="group" aria-label="{}">
        <defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="9"\
         markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0 L8 4 L0 8 z"/></marker></defs>
        {}</svg>
        </div>
        """,
        width,
        height,
        -MARGIN,
        -MARGIN,
        width,
        height,
        texts.get("graph.label"),
        Html.join(pieces));
  }

  private Html line(Edge edge) {
    String condition =
        links.stream()
            .filter(link -> link.needs().equals(edge.needed()) && link.process().equals(edge.by()))
            .map(link -> link.condition().lowerCase())
            .distinct()
            .collect(Collectors.joining(", "));
    return Html.of(
        "<path class=\"link{}{}\" marker-end=\"url(#tip)\" d=\"{}\"><title>{}</title>"
            + "</path>\n",
        isUnmet(edge) ? " unmet" : "",
        isCritical(edge) ? " critical" : "",
        layout.path(edge),
        texts.get("graph.needs", edge.by(), edge.needed(), condition));
  }

  private boolean isUnmet(Edge edge) {
    ProcessInfo process = processes.get(edge.by());
    return process != null
        && process.waitsFor().stream().anyMatch(need -> need.process().equals(edge.needed()));
  }

  private boolean isCritical(Edge edge) {
    for (int i = 1; i < critical.size(); i++) {
      if (critical.get(i - 1).process().equals(edge.needed())
          && critical.get(i).process().equals(edge.by())) {
        return true;
      }
    }
    return false;
  }

  private Html box(String name) {
    Optional<ProcessInfo> process = Optional.ofNullable(processes.get(name));
    Point corner = layout.corner(name);
    boolean onTheWay = critical.stream().anyMatch(step -> step.process().equals(name));
    return Html.of(
        """
        <a href="tail.html?processname={}"><g class="node {}{}" data-process="{}"\
         data-state="{}"{}>\
        <title>{}: {}</title>\
        <rect x="{}" y="{}" width="{}" height="{}" rx="7"/>\
        <text x="{}" y="{}">{}</text><text class="says" x="{}" y="{}">{}</text></g></a>
        """,
        Layout.quote(name),
        process.map(p -> StateChip.cssClass(p.state())).orElse("idle"),
        onTheWay ? " critical" : "",
        name,
        process.map(p -> p.state().name()).orElse(""),
        process.filter(GraphPage::isOnItsWay).isPresent() ? Html.of(" data-waiting") : Html.EMPTY,
        name,
        process.map(this::words).orElseGet(() -> texts.get("graph.inactive")),
        corner.x(),
        corner.y(),
        GraphLayout.BOX_WIDTH,
        GraphLayout.BOX_HEIGHT,
        corner.x() + 10,
        corner.y() + 19,
        shortened(name, MOST_LETTERS),
        corner.x() + 10,
        corner.y() + 35,
        shortened(
            process.map(this::words).orElseGet(() -> texts.get("graph.inactive")),
            MOST_LETTERS + 6));
  }

  private static boolean isOnItsWay(ProcessInfo process) {
    return process.state() == ProcessState.STARTING
        || !process.waitsFor().isEmpty()
        || (process.state() == ProcessState.RUNNING && !process.ready().orElse(true));
  }

  private String words(ProcessInfo process) {
    if (!process.waitsFor().isEmpty()) {
      return texts.get("describe.waiting", texts.needs(process.waitsFor()));
    }
    String state = StateChip.word(texts, process.state());
    return process.state() == ProcessState.RUNNING && process.ready().isPresent()
        ? state + ", " + texts.get(process.ready().get() ? "describe.ready" : "describe.unready")
        : state;
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /** Those that neither need nor are needed. */
  private Html alone() {
    Set<String> boxed = layout.boxed();
    Map<String, ProcessInfo> others = new HashMap<>(processes);
    others.keySet().removeAll(boxed);
    if (others.isEmpty()) {
      return Html.EMPTY;
    }
    List<Html> items = new ArrayList<>();
    processes.forEach(
        (name, process) -> {
          if (others.containsKey(name)) {
            items.add(
                Html.of(
                    "<li><span class=\"chip {}\" data-process=\"{}\">{} {}</span></li>",
                    StateChip.cssClass(process.state()),
                    name,
                    name,
                    StateChip.word(texts, process.state())));
          }
        });
    return Html.of(
        "<h2>{}</h2>\n<ul class=\"alone\">{}</ul>\n", texts.get("graph.alone"), Html.join(items));
  }
}

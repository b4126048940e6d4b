package ee.supervisor.web.page;

import ee.supervisor.config.Option;
import ee.supervisor.config.Options;
import ee.supervisor.config.ProcessConfig;
import ee.supervisor.config.Role;
import ee.supervisor.config.Secrets;
import ee.supervisor.config.ShownOption;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.event.ProcessState;
import ee.supervisor.process.DependencyLink;
import ee.supervisor.process.ProcessInfo;
import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The page at {@code /program.html}: one program, how it is, what it uses, what became of it
 * before, and how it is configured.
 */
final class ProgramPage {
  /** Whose values of variables are shown to: REST and JMX show nobody any. */
  private static final Role SEES_VALUES = Role.ADMIN;

  private final View view;
  private final Supervisor supervisor;
  private final Texts texts;
  private final ProcessInfo process;
  private final String name;

  private ProgramPage(View view, ProcessInfo process) {
    this.view = view;
    this.supervisor = view.supervisor();
    this.texts = view.texts();
    this.process = process;
    this.name = Namespec.of(process.group(), process.name());
  }

  /**
   * The page. Reads the end of supervisord's log.
   *
   * @throws SupervisorException BAD_NAME if there is no such process
   */
  static Html render(View view, String processname) {
    if (Namespec.parse(processname).process().isEmpty()) {
      throw new SupervisorException(Fault.BAD_NAME, processname);
    }
    return new ProgramPage(view, view.supervisor().process(processname)).page();
  }

  /** The page that says that there is none of that name. */
  static Html missing(View view, String processname) {
    return Layout.page(
        view,
        view.text("layout.title", processname),
        Html.of(
            """
            <div class="confirm">
            <h1>{}</h1>
            <a class="button" href="index.html">{}</a>
            </div>
            """,
            view.text("message.nameless", processname),
            view.text("layout.back")));
  }

  private Html page() {
    Instant now = Instant.now();
    return Layout.page(
        view,
        texts.get("layout.title", name),
        Html.of(
            """
            <div id="program" data-group="{}" data-name="{}" data-process="{}" data-now="{}">
            <div class="head">
            <h1>{}</h1>
            <span id="state">{}</span>
            <span class="description" id="fares">{}</span>
            <form class="toolbar" id="do" method="post" action="index.html?processname={}">
            {}{}<a class="button" href="{}">{}</a>
            <a class="button" href="index.html">{}</a>
            </form>
            </div>
            <div class="charts" id="charts"></div>
            <h2>{}</h2>
            <dl class="facts" id="facts">{}</dl>
            <h2>{}</h2>
            <div id="history">{}</div>
            <h2>{}</h2>
            {}</div>
            <div class="notices" id="notices"></div>
            <div class="unseen" id="spoken" role="status" aria-live="polite"></div>
            <script type="module" src="{}"></script>
            """,
            process.group(),
            process.name(),
            name,
            now.toEpochMilli(),
            name,
            StateChip.of(texts, process.state()),
            Description.of(texts, process, now),
            Layout.quote(name),
            view.tokenField(),
            view.may(Actions.ROLE) ? buttons() : Html.EMPTY,
            "tail.html?processname=" + Layout.quote(name),
            texts.get("action.log"),
            texts.get("layout.back"),
            texts.get("program.now"),
            facts(),
            texts.get("program.history"),
            history(),
            texts.get("program.configuration"),
            configuration(),
            view.script("program.js")));
  }

  private Html buttons() {
    return Html.join(
        List.of(
            button("start", "", texts.get("action.start"), isDown()),
            button(
                "restart",
                "",
                texts.get("action.restart"),
                process.state() == ProcessState.RUNNING),
            button("stop", "danger", texts.get("action.stop"), isUp()),
            button("clearlog", "", texts.get("action.clearlog"), true)));
  }

  private boolean isDown() {
    return switch (process.state()) {
      case STOPPED, EXITED, FATAL -> true;
      case STARTING, RUNNING, BACKOFF, STOPPING, UNKNOWN -> false;
    };
  }

  private boolean isUp() {
    return switch (process.state()) {
      case STARTING, RUNNING, BACKOFF -> true;
      case STOPPED, STOPPING, EXITED, FATAL, UNKNOWN -> false;
    };
  }

  private static Html button(String action, String classes, String label, boolean fits) {
    return Html.of(
        "<button class=\"{}\" name=\"action\" value=\"{}\"{}>{}</button>\n",
        classes,
        action,
        fits ? Html.EMPTY : Html.of(" hidden"),
        label);
  }

  private Html facts() {
    List<Html> facts = new ArrayList<>();
    if (process.pid() != 0) {
      facts.add(fact(texts.get("program.pid"), Integer.toString(process.pid())));
    }
    facts.add(fact(texts.get("program.started"), time(process.start())));
    if (!process.stop().equals(Instant.EPOCH)) {
      facts.add(fact(texts.get("program.ended"), time(process.stop()) + end()));
    }
    if (!process.spawnError().isEmpty()) {
      facts.add(fact(texts.get("program.error"), process.spawnError()));
    }
    facts.add(fact(texts.get("program.restarts"), Long.toString(process.restarts())));
    if (process.backoff() > 0) {
      facts.add(fact(texts.get("program.failures"), Integer.toString(process.backoff())));
    }
    process
        .ready()
        .ifPresent(
            ready ->
                facts.add(
                    fact(
                        texts.get("program.ready"),
                        texts.get(ready ? "program.yes" : "program.no"))));
    if (!process.statusText().isEmpty()) {
      facts.add(fact(texts.get("program.says"), process.statusText()));
    }
    if (!process.waitsFor().isEmpty()) {
      facts.add(fact(texts.get("program.waits"), texts.needs(process.waitsFor())));
    }
    List<DependencyLink> links = supervisor.dependencies();
    addLinks(
        facts,
        texts.get("program.needs"),
        links.stream().filter(l -> l.process().equals(name)).map(DependencyLink::needs).toList());
    addLinks(
        facts,
        texts.get("program.needed"),
        links.stream().filter(l -> l.needs().equals(name)).map(DependencyLink::process).toList());
    facts.add(fact("stdout", file(process.stdoutLogfile())));
    facts.add(
        fact(
            "stderr",
            process.config().redirectStderr()
                ? texts.get("program.redirected")
                : file(process.stderrLogfile())));
    return Html.join(facts);
  }

  private String end() {
    if (process.state() == ProcessState.RUNNING || process.state() == ProcessState.STARTING) {
      // what it ended with is forgotten by its next start: the history has it
      return "";
    }
    return ", "
        + (process.exitStatus() < 0
            ? texts.get("program.signal")
            : texts.get("program.exit", process.exitStatus()));
  }

  private String time(Instant instant) {
    return instant.equals(Instant.EPOCH) ? texts.get("program.never") : texts.date(instant);
  }

  private String file(Optional<Path> file) {
    return file.map(Path::toString).orElseGet(() -> texts.get("program.fileless"));
  }

  private static Html fact(String term, Object value) {
    return Html.of("<div><dt>{}</dt><dd>{}</dd></div>\n", term, value);
  }

  private static void addLinks(List<Html> facts, String term, List<String> names) {
    if (!names.isEmpty()) {
      List<Html> links = new ArrayList<>();
      names.forEach(other -> links.add(Html.of("<a href=\"{}\">{}</a> ", address(other), other)));
      facts.add(fact(term, Html.join(links)));
    }
  }

  /** Where the page of a process is found. */
  static String address(String name) {
    return "program.html?processname=" + Layout.quote(name);
  }

  private Html history() {
    List<ProgramHistory.Entry> entries = ProgramHistory.of(supervisor, process.name());
    if (entries.isEmpty()) {
      return Html.of("<p class=\"none\">{}</p>\n", texts.get("program.historyless"));
    }
    List<Html> items = new ArrayList<>();
    entries.forEach(
        entry ->
            items.add(
                Html.of(
                    "<li{}><time>{}</time> <span>{}</span></li>\n",
                    entry.isTrouble() ? Html.of(" class=\"trouble\"") : Html.EMPTY,
                    entry.at(),
                    entry.text())));
    return Html.of(
        "<ol class=\"history\" tabindex=\"0\" aria-label=\"{}\">{}</ol>\n",
        texts.get("program.history"),
        Html.join(items));
  }

  private Html configuration() {
    List<Html> set = new ArrayList<>();
    List<Html> defaults = new ArrayList<>();
    ProcessConfig config = process.config();
    set.add(fact("command", Secrets.shown(config.command())));
    for (Option<ProcessConfig, ?> option : Options.ofPrograms()) {
      if (option.equals(Options.ENVIRONMENT)) {
        new TreeMap<>(config.execution().environment())
            .forEach((variable, value) -> set.add(variable(variable, value)));
      } else if (option instanceof ShownOption<ProcessConfig, ?> shown
          && !option.name().equals("command")) {
        String text = shown.text(config);
        boolean isDefault = text.equals(option.absence().value().orElse(""));
        (isDefault ? defaults : set).add(fact(option.name(), Secrets.shown(option.name(), text)));
      }
    }
    return Html.of(
        """
        <dl class="facts">{}</dl>
        <details><summary>{}</summary>
        <dl class="facts">{}</dl></details>
        """,
        Html.join(set),
        texts.get("program.defaults"),
        Html.join(defaults));
  }

  private Html variable(String variable, String value) {
    return fact(
        "environment " + variable,
        view.may(SEES_VALUES) ? Secrets.shown(variable, value) : Secrets.HIDDEN);
  }
}

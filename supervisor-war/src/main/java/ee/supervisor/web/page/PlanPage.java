package ee.supervisor.web.page;

import ee.supervisor.config.OptionChange;
import ee.supervisor.config.Role;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.UpdatePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The page at {@code /plan.html}: what an update would do, and a button that does it. */
final class PlanPage {
  /** Whom it is for: an update runs whatever the configuration says. */
  static final Role ROLE = Role.ADMIN;

  private PlanPage() {}

  /** The page. */
  static Html render(Supervisor supervisor, UpdatePlan plan) {
    List<Html> groups = new ArrayList<>();
    plan.groups().forEach(group -> groups.add(group(group)));
    return page(
        supervisor,
        groups.isEmpty()
            ? Html.of("<p>Nothing: all programs are as the configuration has them.</p>\n")
            : Html.join(groups),
        groups.isEmpty()
            ? Html.EMPTY
            : Html.of(
                "<button class=\"primary\" name=\"action\" value=\"update\">Update</button>"));
  }

  /** The page that says why there is no plan. */
  static Html problem(Supervisor supervisor, String why) {
    return page(
        supervisor,
        Html.of("<p class=\"message\" role=\"alert\">The configuration is wrong: {}</p>\n", why),
        Html.EMPTY);
  }

  private static Html page(Supervisor supervisor, Html content, Html button) {
    return Layout.page(
        supervisor,
        "Supervisor Plan",
        Html.of(
            """
            <h1>What an update would do</h1>
            {}<form class="toolbar" method="post" action="plan.html">
            {}
            <a class="button" href="plan.html">Read again</a>
            <a class="button" href="index.html">Back</a>
            </form>
            """,
            content,
            button));
  }

  private static Html group(UpdatePlan.GroupPlan group) {
    List<Html> processes = new ArrayList<>();
    group.processes().forEach(process -> processes.add(process(process)));
    return Html.of(
        """
        <section class="planned">
        <h2>{} <span class="chip {}">{}</span></h2>
        {}<ul>{}</ul>
        </section>
        """,
        group.group(),
        cssClass(group.change()),
        word(group.change()),
        options(group.options()),
        Html.join(processes));
  }

  private static Html process(UpdatePlan.ProcessPlan process) {
    return Html.of(
        "<li><b>{}</b> {}{}{}</li>\n",
        process.name(),
        word(process.change()),
        process.effect() == UpdatePlan.Effect.NONE ? "" : ": " + effect(process.effect()),
        options(process.options()));
  }

  private static String effect(UpdatePlan.Effect effect) {
    return switch (effect) {
      case NONE -> "goes on";
      case START -> "will be started";
      case STOP -> "will be stopped";
      case RESTART -> "will be restarted";
      case ROLL -> "will be restarted when it is its turn";
    };
  }

  private static Html options(List<OptionChange> changes) {
    if (changes.isEmpty()) {
      return Html.EMPTY;
    }
    List<Html> facts = new ArrayList<>();
    changes.forEach(
        change ->
            facts.add(
                Html.of(
                    "<div><dt>{}</dt><dd><del>{}</del> <ins>{}</ins></dd></div>\n",
                    change.option(),
                    change.before().orElse("not set"),
                    change.after().orElse("not set"))));
    return Html.of("<dl class=\"facts\">{}</dl>\n", Html.join(facts));
  }

  private static String word(UpdatePlan.Change change) {
    return change.name().toLowerCase(Locale.ROOT);
  }

  private static String cssClass(UpdatePlan.Change change) {
    return switch (change) {
      case ADDED -> "good";
      case REMOVED -> "bad";
      case CHANGED -> "warn";
      case UNCHANGED -> "idle";
    };
  }
}

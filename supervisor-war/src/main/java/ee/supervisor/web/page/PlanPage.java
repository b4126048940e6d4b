package ee.supervisor.web.page;

import ee.supervisor.config.OptionChange;
import ee.supervisor.config.Role;
import ee.supervisor.control.UpdatePlan;
import java.util.ArrayList;
import java.util.List;

/** The page at {@code /plan.html}: what an update would do, and a button that does it. */
final class PlanPage {
  /** Whom it is for: an update runs whatever the configuration says. */
  static final Role ROLE = Role.ADMIN;

  private PlanPage() {}

  /** The page. */
  static Html render(View view, UpdatePlan plan) {
    List<Html> groups = new ArrayList<>();
    plan.groups().forEach(group -> groups.add(group(view.texts(), group)));
    return page(
        view,
        groups.isEmpty() ? Html.of("<p>{}</p>\n", view.text("plan.nothing")) : Html.join(groups),
        groups.isEmpty()
            ? Html.EMPTY
            : Html.of(
                "<button class=\"primary\" name=\"action\" value=\"update\">{}</button>",
                view.text("plan.update")));
  }

  /** The page that says why there is no plan. */
  static Html problem(View view, String why) {
    return page(
        view,
        Html.of("<p class=\"message\" role=\"alert\">{}</p>\n", view.text("plan.problem", why)),
        Html.EMPTY);
  }

  private static Html page(View view, Html content, Html button) {
    return Layout.page(
        view,
        view.text("plan.title"),
        Html.of(
            """
            <h1>{}</h1>
            {}<form class="toolbar" method="post" action="plan.html">
            {}{}
            <a class="button" href="plan.html">{}</a>
            <a class="button" href="index.html">{}</a>
            </form>
            """,
            view.text("plan.heading"),
            content,
            view.tokenField(),
            button,
            view.text("plan.again"),
            view.text("layout.back")));
  }

  private static Html group(Texts texts, UpdatePlan.GroupPlan group) {
    List<Html> processes = new ArrayList<>();
    group.processes().forEach(process -> processes.add(process(texts, process)));
    return Html.of(
        """
        <section class="planned">
        <h2>{} <span class="chip {}">{}</span></h2>
        {}<ul>{}</ul>
        </section>
        """,
        group.group(),
        cssClass(group.change()),
        word(texts, group.change()),
        options(texts, group.options()),
        Html.join(processes));
  }

  private static Html process(Texts texts, UpdatePlan.ProcessPlan process) {
    return Html.of(
        "<li><b>{}</b> {}{}{}</li>\n",
        process.name(),
        word(texts, process.change()),
        process.effect() == UpdatePlan.Effect.NONE
            ? ""
            : ": " + texts.get("plan.effect." + process.effect().name()),
        options(texts, process.options()));
  }

  private static Html options(Texts texts, List<OptionChange> changes) {
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
                    change.before().orElseGet(() -> texts.get("plan.unset")),
                    change.after().orElseGet(() -> texts.get("plan.unset")))));
    return Html.of("<dl class=\"facts\">{}</dl>\n", Html.join(facts));
  }

  private static String word(Texts texts, UpdatePlan.Change change) {
    return texts.get("plan.change." + change.name());
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

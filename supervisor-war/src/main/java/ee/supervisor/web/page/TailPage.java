package ee.supervisor.web.page;

import ee.supervisor.control.SupervisorException;
import ee.supervisor.output.LogException;
import ee.supervisor.output.LogReader;
import ee.supervisor.protocol.Fault;
import ee.supervisor.protocol.Namespec;
import java.nio.file.Path;
import java.util.Optional;

/** The page at {@code /tail.html}: the end of a process's stdout log. Reads a file. */
final class TailPage {
  private static final int LEAST_BYTES = 1024;
  private static final int MOST_BYTES = 1 << 20;

  private TailPage() {}

  /**
   * The page.
   *
   * @param limit how many bytes are asked for; at least 1024 and at most 1 MiB are shown
   */
  static Html render(View view, Optional<String> processname, Optional<String> limit) {
    int bytes = limit.filter(text -> text.matches("\\d{1,9}")).map(Integer::parseInt).orElse(0);
    int shown = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, bytes));
    Optional<Html> links =
        processname.map(
            name ->
                Html.of(
                    "<a class=\"button\" href=\"tail.html?processname={}&amp;limit={}\">"
                        + "{}</a>\n<a class=\"button\" href=\"logtail/{}\">{}</a>\n",
                    Layout.quote(name),
                    shown,
                    view.text("tail.refresh"),
                    Layout.quote(name),
                    view.text("tail.follow")));
    return Layout.page(
        view,
        view.text("tail.title", processname.orElse("None")),
        Html.of(
            """
            <h1>{}</h1>
            <pre class="log">{}</pre>
            <p class="toolbar">{}<a class="button" href="index.html">{}</a></p>
            """,
            processname.orElse(""),
            processname
                .map(name -> tail(view, name, shown))
                .orElseGet(() -> view.text("tail.nameless")),
            Html.orNothing(links),
            view.text("layout.back")));
  }

  private static String tail(View view, String name, int bytes) {
    try {
      if (Namespec.parse(name).process().isEmpty()) {
        throw new SupervisorException(Fault.BAD_NAME, name);
      }
      Optional<Path> log = view.supervisor().process(name).stdoutLogfile();
      return log.isEmpty() ? noFile(view, name) : LogReader.read(log.get(), -bytes, 0).toString();
    } catch (SupervisorException e) {
      return view.text(
          "message.error", Actions.unexpected(view.texts(), e.fault(), e.getMessage()));
    } catch (LogException e) {
      return e.reason() == LogException.Reason.NO_FILE
          ? noFile(view, name)
          : view.text(
              "message.error", Actions.unexpected(view.texts(), Fault.FAILED, Fault.FAILED.name()));
    }
  }

  private static String noFile(View view, String name) {
    return view.text("tail.fileless", name);
  }
}

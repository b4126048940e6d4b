package ee.supervisor.web.page;

import ee.supervisor.control.Fault;
import ee.supervisor.control.Namespec;
import ee.supervisor.control.Supervisor;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.output.LogException;
import ee.supervisor.output.LogReader;
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
  static Html render(Supervisor supervisor, Optional<String> processname, Optional<String> limit) {
    int bytes = limit.filter(text -> text.matches("\\d{1,9}")).map(Integer::parseInt).orElse(0);
    int shown = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, bytes));
    Optional<Html> links =
        processname.map(
            name ->
                Html.of(
                    "<a class=\"button\" href=\"tail.html?processname={}&amp;limit={}\">"
                        + "Refresh</a>\n<a class=\"button\" href=\"logtail/{}\">Follow</a>\n",
                    Layout.quote(name),
                    shown,
                    Layout.quote(name)));
    return Layout.page(
        supervisor,
        "Supervisor tail of process " + processname.orElse("None"),
        Html.of(
            """
            <h1>{}</h1>
            <pre class="log">{}</pre>
            <p class="toolbar">{}<a class="button" href="index.html">Back</a></p>
            """,
            processname.orElse(""),
            processname.map(name -> tail(supervisor, name, shown)).orElse("No process name found"),
            Html.orNothing(links)));
  }

  private static String tail(Supervisor supervisor, String name, int bytes) {
    try {
      if (Namespec.parse(name).process().isEmpty()) {
        throw new SupervisorException(Fault.BAD_NAME, name);
      }
      Optional<Path> log = supervisor.process(name).stdoutLogfile();
      return log.isEmpty() ? noFile(name) : LogReader.read(log.get(), -bytes, 0).toString();
    } catch (SupervisorException e) {
      return "ERROR: " + Actions.unexpected(e.fault(), e.getMessage());
    } catch (LogException e) {
      return e.reason() == LogException.Reason.NO_FILE
          ? noFile(name)
          : "ERROR: " + Actions.unexpected(Fault.FAILED, Fault.FAILED.name());
    }
  }

  private static String noFile(String name) {
    return "No file for " + name;
  }
}

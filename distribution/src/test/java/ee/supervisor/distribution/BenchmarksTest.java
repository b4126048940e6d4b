package ee.supervisor.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.testing.Requirement;
import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks work; what they measure here means nothing. */
@Requires(Requirement.PYTHON)
class BenchmarksTest {
  private static final Path BENCHMARKS = Path.of("../benchmarks").toAbsolutePath().normalize();

  @TempDir Path directory;

  @Test
  void aQuickRunShowsARowForEachFigure() throws Exception {
    String shown = run("run", "--quick", "--only", "restart,log");

    assertThat(shown)
        .containsPattern("\\| restart after SIGKILL, p50 \\| [0-9.]+ ms \\|")
        .containsPattern("\\| the same by `cat > file` \\| [0-9,]+ MB/s \\|");
  }

  @Test
  void whatIsMeasuredReplacesItsRowsAndNoOthers() throws Exception {
    Path document = directory.resolve("performance.md");
    Files.writeString(
        document,
        """
        # Performance
        <!-- benchmarks/run writes this -->
        | figure | this supervisord | Debian's supervisord | runit | pm2 | ratio | measured | by |
        | --- | --- | --- | --- | --- | --- | --- | --- |
        | exec to XML-RPC | 99,999 ms |  |  |  |  | 2020-01-01 | `cold` |
        | a figure of another day | 1 ms |  |  |  |  | 2020-01-01 | `ctl` |
        <!-- until here -->
        The end.
        """);

    run("run", "--only", "cold", "--runs", "1", "--output", document.toString());

    assertThat(document)
        .content()
        .startsWith("# Performance\n")
        .endsWith("The end.\n")
        .contains("| a figure of another day | 1 ms |")
        .containsPattern("\\| exec to XML-RPC \\| [0-9,]+ ms \\|")
        .doesNotContain("99,999");
  }

  @Test
  void theSoakFindsNothingInAShortRun() throws Exception {
    String report = run("soak.py", "--minutes", "0.05", "--programs", "40", "--settle", "1");

    assertThat(report).contains("nothing was found");
  }

  private String run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", "-B"));
    command.add(BENCHMARKS.resolve(program).toString());
    command.addAll(List.of(arguments));
    Path said = directory.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(Tree.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroy();
    }
    String text = Files.readString(said, UTF_8);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}

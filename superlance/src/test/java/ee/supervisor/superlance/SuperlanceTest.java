package ee.supervisor.superlance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuperlanceTest {
  private final RecordedStream out = new RecordedStream();
  private final RecordedStream err = new RecordedStream();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "httpok",
        "memmon",
        "crashmail",
        "crashmailbatch",
        "fatalmailbatch",
        "crashsms",
        "process_state_email_monitor"
      })
  void helpIsShownAndSucceeds(String name) {
    assertThat(run(Map.of(), name, "--help")).isZero();
    assertThat(out.text()).startsWith("Usage: " + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "httpok",
        "httpok ftp://localhost/",
        "httpok http://a/ http://b/",
        "httpok -t soon http://a/",
        "memmon",
        "memmon -a lots",
        "memmon -p foo",
        "crashmailbatch",
        "crashsms -t a@example.com -f b@example.com -e TICK_7",
        "nonsense"
      })
  void aWrongCommandLineIsToldOnStderrAndEndsWith255(String line) {
    assertThat(run(LISTENER, line.split(" ", -1))).isEqualTo(255);
    assertThat(err.text()).isNotEmpty();
    assertThat(out.text()).isEmpty();
  }

  @Test
  void outsideOfSupervisordItSaysWhereItBelongs() {
    assertThat(run(Map.of(), "crashmail", "-a")).isEqualTo(1);
    assertThat(err.text())
        .isEqualTo(
            "crashmail: must be run as a supervisor event listener (SUPERVISOR_SERVER_URL is not"
                + " set)\n");
  }

  @Test
  void asAListenerItIsReadyAndEndsWithItsStdin() {
    assertThat(run(LISTENER, "crashmail", "-a", "--em", "ops@example.com")).isZero();
    assertThat(out.text()).isEqualTo("READY\n");
  }

  @Test
  void severalWatchersShareAProcess() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("watchers"),
            "# both\n\ncrashmail -a -m 'ops@example.com'\nmemmon -a 200MB\n");

    assertThat(run(LISTENER, "superlance", file.toString())).isZero();
    assertThat(out.text()).isEqualTo("READY\n");
  }

  @Test
  void aWrongLineOfTheFileIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("watchers"), "crashmail -a\nmemmon -a x\n");

    assertThat(run(LISTENER, "superlance", file.toString())).isEqualTo(255);
    assertThat(err.text()).isEqualTo(file + ":2: 'x' is not a size in bytes, such as 200MB\n");
  }

  private static final Map<String, String> LISTENER =
      Map.of("SUPERVISOR_SERVER_URL", "http://127.0.0.1:9001");

  private int run(Map<String, String> environment, String... words) {
    return new Superlance(environment, InputStream.nullInputStream(), out, err)
        .run(Arrays.asList(words));
  }
}

package ee.supervisor.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import ee.supervisor.config.LogDestination;
import ee.supervisor.config.LogLevel;
import ee.supervisor.config.Role;
import ee.supervisor.output.ActivityLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
  private static final Caller ANN = new Caller(Optional.of("ann"), "10.0.0.7", Role.OPERATOR);
  private static final Instant AT = Instant.parse("2026-11-26T04:05:06.789123Z");

  @TempDir Path directory;

  /** What a test does with the activity log. */
  private interface Use {
    void with(ActivityLog log) throws Exception;
  }

  private void use(Use use) throws Exception {
    try (ActivityLog log =
        ActivityLog.open(
            new ActivityLog.Settings(
                LogLevel.INFO,
                new LogDestination.File(directory.resolve("log").toString()),
                0,
                0,
                false))) {
      use.with(log);
    }
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("log"));
  }

  private static List<String> lines(Path file, int count) throws IOException {
    await().until(() -> Files.exists(file) && Files.readAllLines(file).size() == count);
    return Files.readAllLines(file);
  }

  @Test
  void eachRequestIsAnObjectOnALineOfItsOwn() throws Exception {
    Path file = directory.resolve("audit.json");
    use(
        log -> {
          AuditFile audit = new AuditFile(file, log);
          audit.write(AT, Door.REST, ANN, "POST /api/v1/processes/a\nb/stop", AuditLog.SUCCESS);
          audit.write(AT, Door.MCP, ANN, "stop web", AuditLog.REFUSED);
          audit.write(AT, Door.XMLRPC, ANN, "supervisor.stopProcess web", "NOT_RUNNING: web");
        });

    List<String> lines = lines(file, 3);
    JsonObject first = JsonParser.object().from(lines.get(0));
    assertThat(first.getString("time")).isEqualTo("2026-11-26T04:05:06.789Z");
    assertThat(first.getString("event")).isEqualTo("supervisor.audit");
    assertThat(first.getString("user")).isEqualTo("ann");
    assertThat(first.getString("role")).isEqualTo("operator");
    assertThat(first.getString("from")).isEqualTo("10.0.0.7");
    assertThat(first.getString("what")).contains("a\nb");
    assertThat(first.getString("outcome")).isEqualTo("success");
    assertThat(JsonParser.object().from(lines.get(1)).getString("outcome")).isEqualTo("refused");
    JsonObject third = JsonParser.object().from(lines.get(2));
    assertThat(third.getString("outcome")).isEqualTo("failure");
    assertThat(third.getString("result")).isEqualTo("NOT_RUNNING: web");
  }

  @Test
  void aFileThatIsRenamedIsMadeAnew() throws Exception {
    Path file = directory.resolve("audit.json");
    use(
        log -> {
          AuditFile audit = new AuditFile(file, log);
          audit.write(AT, Door.REST, ANN, "one", AuditLog.SUCCESS);
          lines(file, 1);
          Files.move(file, directory.resolve("audit.json.1"));
          audit.write(AT, Door.REST, ANN, "two", AuditLog.SUCCESS);
        });

    assertThat(lines(file, 1).get(0)).contains("\"two\"");
  }

  @Test
  void whatCannotBeWrittenIsToldOnceAndCounted() throws Exception {
    Path file = directory.resolve("missing/audit.json");
    use(
        log -> {
          AuditFile audit = new AuditFile(file, log);
          audit.write(AT, Door.REST, ANN, "one", AuditLog.SUCCESS);
          audit.write(AT, Door.REST, ANN, "two", AuditLog.SUCCESS);
          await().until(() -> log().contains("cannot be written"));
          Files.createDirectory(directory.resolve("missing"));
          await()
              .until(
                  () -> {
                    audit.write(AT, Door.REST, ANN, "three", AuditLog.SUCCESS);
                    return Files.exists(file);
                  });
        });

    assertThat(Files.readAllLines(file).get(0)).contains("\"lost\":");
    assertThat(log().split("cannot be written", -1)).hasSize(2);
  }
}

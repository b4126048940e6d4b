package ee.supervisor.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.supervisor.config.LogDestination;
import ee.supervisor.config.LogLevel;
import ee.supervisor.config.Role;
import ee.supervisor.control.SupervisorException;
import ee.supervisor.output.ActivityLog;
import ee.supervisor.protocol.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final Caller VIEWER = new Caller(Optional.of("ann"), "10.0.0.7", Role.VIEWER);
  private static final Caller ANYBODY = new Caller(Optional.empty(), "unix:root", Role.ADMIN);

  @TempDir private Path directory;

  /** What is in the log after {@code use}. */
  private List<String> lines(boolean enabled, Consumer<AuditLog> use) throws Exception {
    Path file = directory.resolve("log");
    try (ActivityLog log =
        ActivityLog.open(
            new ActivityLog.Settings(
                LogLevel.INFO, new LogDestination.File(file.toString()), 0, 0, false))) {
      use.accept(new AuditLog(log, enabled));
    }
    return Files.readAllLines(file).stream()
        .map(line -> line.substring("2026-11-23 06:39:01,123 ".length()))
        .toList();
  }

  @Test
  void aCommandIsRecordedWhenItIsDone() throws Exception {
    CompletableFuture<String> response = new CompletableFuture<>();

    assertThat(
            lines(
                true,
                audit -> {
                  var done =
                      audit.carryOut(Door.REST, ANYBODY, Role.ADMIN, "stop web", () -> response);
                  audit.write(Door.PAGE, VIEWER, "meanwhile", AuditLog.SUCCESS);
                  response.complete("gone");
                  assertThat(done.toCompletableFuture()).isCompletedWithValue("gone");
                }))
        .containsExactly(
            "INFO audit: door=page user=ann from=10.0.0.7 what=meanwhile result=OK",
            "INFO audit: door=rest user=- from=unix:root what=stop web result=OK");
  }

  @Test
  void whatARoleDoesNotAllowIsNotDoneAndRecorded() throws Exception {
    assertThat(
            lines(
                true,
                audit -> {
                  var refused =
                      audit.carryOut(
                          Door.XMLRPC,
                          VIEWER,
                          Role.OPERATOR,
                          "stop web",
                          () -> {
                            throw new AssertionError("carried out");
                          });
                  assertThatThrownBy(() -> refused.toCompletableFuture().join())
                      .hasCauseInstanceOf(ForbiddenException.class)
                      .cause()
                      .hasMessage("stop web needs the role operator, and ann is viewer");
                }))
        .containsExactly(
            "INFO audit: door=xmlrpc user=ann from=10.0.0.7 what=stop web result=refused");
  }

  @Test
  void aFaultIsRecordedByItsNameHoweverItComes() throws Exception {
    SupervisorException fault = new SupervisorException(Fault.BAD_NAME, "web");

    assertThat(AuditLog.result(fault)).isEqualTo("BAD_NAME: web");
    assertThat(AuditLog.result(new CompletionException(fault))).isEqualTo("BAD_NAME: web");
    assertThat(AuditLog.result(new SupervisorException(Fault.SHUTDOWN_STATE)))
        .isEqualTo("SHUTDOWN_STATE");
    assertThat(AuditLog.result(new IllegalStateException("NOT_RUNNING: web")))
        .isEqualTo("NOT_RUNNING: web");
    assertThat(AuditLog.result(new IllegalStateException("broken")))
        .isEqualTo("java.lang.IllegalStateException: broken");
  }

  @Test
  void nothingIsRecordedWhereThatIsNotWantedAndRolesCountAllTheSame() throws Exception {
    assertThat(
            lines(
                false,
                audit ->
                    assertThat(
                            audit
                                .carryOut(
                                    Door.PAGE,
                                    VIEWER,
                                    Role.OPERATOR,
                                    "stop",
                                    () -> CompletableFuture.completedStage(1))
                                .toCompletableFuture())
                        .isCompletedExceptionally()))
        .isEmpty();
  }

  @Test
  void nobodyWritesALineOfTheirOwn() throws Exception {
    String evil = "web\n2026-11-25 00:00:00,000 INFO audit: door=page\u2028user=root\u001b[2J";

    assertThat(
            lines(
                true,
                audit -> {
                  Caller caller = new Caller(Optional.of(evil), "::1", Role.ADMIN);
                  audit.write(Door.PAGE, caller, "stop " + Token.of(evil), "BAD_NAME: " + evil);
                }))
        .singleElement()
        .asString()
        .startsWith("INFO audit: door=page user='web\\n2026")
        .doesNotContain("\u2028", "\u001b");
  }

  @Test
  void aLineIsNeverLongAndAlwaysTellsTheResult() throws Exception {
    String name = "x".repeat(100_000);

    assertThat(
            lines(
                true,
                audit -> {
                  audit.write(Door.REST, VIEWER, "POST /" + name, AuditLog.REFUSED);
                  audit.write(Door.XMLRPC, VIEWER, "stop", "BAD_NAME: " + name);
                }))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(1_200))
        .satisfiesExactly(
            refused -> assertThat(refused).endsWith("x... result=refused"),
            failed ->
                assertThat(failed).contains("what=stop result=BAD_NAME: xx").endsWith("x..."));
  }

  @Test
  void ofArgumentsOnlyThoseAreShownThatTellWhatIsActedOn() {
    assertThat(
            CallText.of(
                "supervisor.sendProcessStdin",
                List.of("name", "chars"),
                List.of("web:web_0", "secret")))
        .isEqualTo("supervisor.sendProcessStdin web:web_0");
    assertThat(CallText.of("signal", List.of("name", "signal"), List.of("a b result=OK", 9)))
        .isEqualTo("signal 'a b result=OK' 9");
    assertThat(CallText.of("stop", List.of("name"), List.of())).isEqualTo("stop");
  }

  @Test
  void aTokenIsNeverLong() {
    assertThat(Token.of("x".repeat(10_000))).hasSizeLessThan(300);
    assertThat(Token.of("")).isEqualTo("''");
  }
}

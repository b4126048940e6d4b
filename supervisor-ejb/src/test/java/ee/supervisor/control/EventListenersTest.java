package ee.supervisor.control;

import static ee.supervisor.control.RunningEngine.response;
import static ee.supervisor.testing.Requirement.REFERENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ee.supervisor.event.ProcessState;
import ee.supervisor.listener.ListenerPoolInfo;
import ee.supervisor.listener.ListenerState;
import ee.supervisor.posix.Bytes;
import ee.supervisor.testing.Requires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners in Python, on the reference's own childutils, with the real engine. */
@Timeout(60)
@Requires(REFERENCE)
class EventListenersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;

  @Test
  void aListenerOnTheReferencesChildutilsHearsWhatItSubscribedTo() {
    try (RunningEngine engine = start("PROCESS_STATE,REMOTE_COMMUNICATION", "ok", SLEEPER)) {
      engine.awaitState("mail", ProcessState.RUNNING);
      response(engine.engine().startProcess("sleeper", true));
      int pid = engine.info("sleeper").pid();
      response(engine.engine().stopProcess("sleeper", true));
      response(engine.engine().sendRemoteCommEvent("greeting", Bytes.utf8("grüße 😀")));

      awaitHeard("REMOTE_COMMUNICATION 'type:greeting\\ngrüße 😀'");
      assertThat(heardAbout("sleeper"))
          .containsExactly(
              "PROCESS_STATE_STARTING 'processname:sleeper groupname:sleeper from_state:STOPPED tries:0'",
              "PROCESS_STATE_RUNNING 'processname:sleeper groupname:sleeper from_state:STARTING pid:%d'"
                  .formatted(pid),
              "PROCESS_STATE_STOPPING 'processname:sleeper groupname:sleeper from_state:RUNNING pid:%d'"
                  .formatted(pid),
              "PROCESS_STATE_STOPPED 'processname:sleeper groupname:sleeper from_state:STOPPING pid:%d'"
                  .formatted(pid));
    }
  }

  @Test
  void whatAProgramWritesAndReportsReachesTheListener() {
    String programs =
        """
        [program:talker]
        command=/bin/sh -c "printf 'before<!--XSUPERVISOR:BEGIN-->secret<!--XSUPERVISOR:END-->after'; sleep 0.2; printf '\\377' >&2; exec sleep 1000"
        autostart=false
        startsecs=0
        stdout_capture_maxbytes=1MB
        stdout_events_enabled=true
        stderr_events_enabled=true
        """;
    try (RunningEngine engine = start("PROCESS_LOG,PROCESS_COMMUNICATION", "ok", programs)) {
      engine.awaitState("mail", ProcessState.RUNNING);
      response(engine.engine().startProcess("talker", true));
      String common = "processname:talker groupname:talker pid:" + engine.info("talker").pid();

      awaitHeard(
          "PROCESS_LOG_STDERR \"%s channel:stderr\\nUndecodable: b'\\\\xff'\"".formatted(common));
      assertThat(heard())
          .contains(
              "PROCESS_LOG_STDOUT '%s channel:stdout\\nbefore'".formatted(common),
              "PROCESS_COMMUNICATION_STDOUT '%s\\nsecret'".formatted(common));
    }
  }

  @Test
  void aRejectedEventComesAgainFirst() {
    try (RunningEngine engine = start("REMOTE_COMMUNICATION", "reject", "")) {
      engine.awaitState("mail", ProcessState.RUNNING);
      send(engine, "one");
      send(engine, "two");

      awaitHeard(remote("two"));
      assertThat(heard()).containsExactly(remote("one"), remote("one"), remote("two"));
      assertThat(serials()).containsExactly("0", "0", "1");
      assertThat(engine.log()).contains("WARN mail: event was rejected");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"die", "die-in-result"})
  void theEventOfAListenerThatDiesGoesToItsSuccessor(String mode) {
    try (RunningEngine engine = start("REMOTE_COMMUNICATION", mode, "")) {
      engine.awaitState("mail", ProcessState.RUNNING);
      send(engine, "one");
      send(engine, "two");

      awaitHeard(remote("two"));
      assertThat(heard()).containsExactly(remote("one"), remote("one"), remote("two"));
    }
  }

  @Test
  void aListenerThatHangsFillsItsBufferAndDisturbsNobody() {
    try (RunningEngine engine = start("REMOTE_COMMUNICATION", "hang", SLEEPER)) {
      engine.awaitState("mail", ProcessState.RUNNING);
      send(engine, "number 0");
      awaitHeard(remote("number 0"));
      for (int i = 1; i <= 11; i++) {
        send(engine, "number " + i);
      }
      response(engine.engine().startProcess("sleeper", true));

      assertThat(heard()).hasSize(1);
      assertThat(engine.engine().groups().get(0).pool())
          .contains(new ListenerPoolInfo(10, 1, Map.of("mail", ListenerState.BUSY)));
      engine.awaitLogged("ERRO pool mail event buffer overflowed, discarding event 1\n");
      assertThat(engine.log()).doesNotContain("discarding event 2\n");
      response(engine.engine().stopProcess("mail", true));
      response(engine.engine().startProcess("mail", true));
      awaitLines(2);
      assertThat(serials()).as("what hung was sent again").containsExactly("0", "0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "99999999999", "x"})
  void aListenerThatLiesIsLeftAloneUntilItIsStartedAgain(String length) {
    try (RunningEngine engine = start("REMOTE_COMMUNICATION", "lie", SLEEPER, length)) {
      engine.awaitState("mail", ProcessState.RUNNING);
      send(engine, "one");
      awaitLog(engine, "WARN mail: bad result line: 'RESULT " + length + "'");
      awaitLog(engine, "WARN mail: has entered the UNKNOWN state");
      send(engine, "two");
      response(engine.engine().startProcess("sleeper", true));
      assertThat(heard()).containsExactly(remote("one"));

      response(engine.engine().stopProcess("mail", true));
      response(engine.engine().startProcess("mail", true));
      awaitHeard(remote("two"));
      assertThat(heard()).containsExactly(remote("one"), remote("one"), remote("two"));
    }
  }

  @Test
  void aListenerThatFloodsIsLeftAloneAndTheOthersGoOn() {
    try (RunningEngine engine = start("REMOTE_COMMUNICATION", "flood", SLEEPER)) {
      engine.awaitState("mail", ProcessState.RUNNING);
      send(engine, "one");
      awaitLog(engine, "WARN mail: has entered the UNKNOWN state");
      response(engine.engine().startProcess("sleeper", true));

      assertThat(engine.info("mail").state()).isEqualTo(ProcessState.RUNNING);
      response(engine.engine().stopProcess("mail", true));
      response(engine.engine().startProcess("mail", true));
      awaitHeardTwice(remote("one"));
    }
  }

  @Test
  void anEventForAClosedStdinGoesToTheSuccessor() {
    try (RunningEngine engine = start("REMOTE_COMMUNICATION", "deaf", "")) {
      engine.awaitState("mail", ProcessState.RUNNING);
      awaitLines(1);
      send(engine, "one");
      awaitLog(
          engine,
          "epipe occurred while sending event 0 to listener mail, listener state unchanged");
      response(engine.engine().stopProcess("mail", true));
      response(engine.engine().startProcess("mail", true));

      awaitHeard(remote("one"));
    }
  }

  @Test
  void aResultHandlerThatIsNotThereIsRefusedAndWhatRunsGoesOn() {
    try (RunningEngine engine = start("REMOTE_COMMUNICATION", "ok", "")) {
      engine.awaitState("mail", ProcessState.RUNNING);
      engine.configure(listener("REMOTE_COMMUNICATION", "ok") + "result_handler=no.such.Handler\n");

      assertThatThrownBy(() -> response(engine.engine().reloadConfig()))
          .isInstanceOf(SupervisorException.class)
          .hasMessageContaining("no.such.Handler cannot be resolved within [eventlistener:mail]");
      assertThat(engine.info("mail").state()).isEqualTo(ProcessState.RUNNING);
      send(engine, "one");
      awaitHeard(remote("one"));
    }
  }

  @Test
  void theLogTellsThatAListenerRunsBeforeItsFirstEvent() {
    String slow = listener("REMOTE_COMMUNICATION", "ok").replace("startsecs=0", "startsecs=1");
    try (RunningEngine engine = RunningEngine.start(directory, slow)) {
      awaitLog(engine, "mail: ACKNOWLEDGED -> READY");
      send(engine, "one");
      awaitHeard(remote("one"));

      assertThat(engine.log())
          .containsSubsequence("success: mail entered RUNNING", "sent to listener mail");
    }
  }

  private static final String SLEEPER =
      """
      [program:sleeper]
      command=/bin/sleep 1000
      autostart=false
      startsecs=0
      """;

  private RunningEngine start(String events, String mode, String programs, String... more) {
    return RunningEngine.start(directory, listener(events, mode, more) + programs);
  }

  private String listener(String events, String mode, String... more) {
    return """
    [eventlistener:mail]
    command=/usr/bin/python3 -u %s %s %s %s
    events=%s
    startsecs=0
    stopwaitsecs=1
    environment=PYTHONIOENCODING="utf-8"
    stderr_logfile=@DIR@/mail.err
    """
        .formatted(script(), mode, directory.resolve("heard"), String.join(" ", more), events);
  }

  private static String script() {
    try {
      return Path.of(
              Objects.requireNonNull(
                      EventListenersTest.class.getResource("/ee/supervisor/event/listener.py"))
                  .toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static void send(RunningEngine engine, String text) {
    response(engine.engine().sendRemoteCommEvent("typ", Bytes.utf8(text)));
  }

  private static String remote(String text) {
    return "REMOTE_COMMUNICATION 'type:typ\\n%s'".formatted(text);
  }

  private void awaitHeard(String event) {
    await().atMost(PATIENCE).until(() -> heard().contains(event));
  }

  private void awaitHeardTwice(String event) {
    await().atMost(PATIENCE).until(() -> heard().stream().filter(event::equals).count() == 2);
  }

  private void awaitLines(int count) {
    await().atMost(PATIENCE).until(() -> lines().size() == count);
  }

  private static void awaitLog(RunningEngine engine, String line) {
    await().atMost(PATIENCE).until(() -> engine.log().contains(line));
  }

  private List<String> heard() {
    return lines().stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
  }

  private List<String> heardAbout(String process) {
    return heard().stream().filter(line -> line.contains("processname:" + process + " ")).toList();
  }

  private List<String> serials() {
    return lines().stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
  }

  private List<String> lines() {
    try {
      Path file = directory.resolve("heard");
      return Files.exists(file) ? Files.readAllLines(file, UTF_8) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
